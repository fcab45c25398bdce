using CustomerGrains.Bench.Dapper;
using CustomerGrains.Bench.Shared;
using Dapper;
using Npgsql;

// A service by people who do not want an ORM: ASP.NET Core, Dapper, Npgsql, one process, one
// hand-written statement and one round trip for each request.
DefaultTypeMap.MatchNamesWithUnderscores = true;
SqlMapper.AddTypeHandler(new DateHandler());
var builder = PeerHost.Create(args);
var connection = new NpgsqlConnectionStringBuilder(
    builder.Configuration.GetConnectionString("Bench"))
{
    MaxPoolSize = builder.Configuration.GetValue("Pool", 24),
    MinPoolSize = 2,
    MaxAutoPrepare = 64,
    AutoPrepareMinUsages = 2,
    NoResetOnClose = true, // no session state is ever set
    Options = "-c plan_cache_mode=force_generic_plan", // planned once, never again
};
builder.Services.AddSingleton(_ => NpgsqlDataSource.Create(connection));

var app = builder.BuildPeer();
app.MapGroup("/api/utc").RequireAuthorization(Bearer.Customer).MapProfile().MapAddresses();
app.MapGroup("/api/utd").RequireAuthorization(Bearer.Rider).MapRider();
app.MapGroup("/api/utb").RequireAuthorization(Bearer.Branch).MapBranch();
await app.Serve(() => Seed.Fill(
    app.Services.GetRequiredService<NpgsqlDataSource>(),
    app.Configuration.GetValue("Customers", 1000)));
