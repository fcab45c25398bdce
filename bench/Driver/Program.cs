using CustomerGrains.Bench.Driver;
using CustomerGrains.Bench.Driver.Load;

// The parts of a run that are more than shell: see ../run.
return args switch
{
    ["issuer", var port, var customers, var tokens] => await Issuer.Run(port, customers, tokens),
    ["seed", var connection, var keys, var customers] => await Seeding.Run(connection, keys, customers),
    ["scalar", var connection, var sql] => await Scalar.Run(connection, sql),
    ["members", var file] => Members.Run(file),
    ["report", var results, var feed, var once, var head] =>
        Report.Run(results, feed, once, head),
    ["load", var url, var tokens, .. var what] => await LoadCommand.Run(url, tokens, what),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("Started by bench/run; not for use by hand.");
    return 2;
}
