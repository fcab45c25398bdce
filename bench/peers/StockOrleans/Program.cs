using CustomerGrains.Bench.Shared;
using CustomerGrains.Bench.StockOrleans;
using Npgsql;
using Orleans.Storage;

// What the Orleans documentation shows: a silo beside the API, grain storage through ADO.NET.
var builder = PeerHost.Create(args);
var settings = builder.Configuration;
var connection = new NpgsqlConnectionStringBuilder(settings.GetConnectionString("Bench"))
{
    MaxPoolSize = settings.GetValue("Pool", 24),
    MinPoolSize = 2,
    MaxAutoPrepare = 64,
    AutoPrepareMinUsages = 2,
    NoResetOnClose = true, // no session state is ever set
};
await using var database = NpgsqlDataSource.Create(connection);
await Schema.Create(database);

builder.UseOrleans(orleans => orleans
    .UseLocalhostClustering(settings.GetValue("SiloPort", 11111), settings.GetValue("GatewayPort", 30000))
    .AddAdoNetGrainStorage(CustomerGrain.Storage, options =>
        options.Configure<IServiceProvider>((storage, services) =>
        {
            storage.Invariant = "Npgsql";
            storage.DataSource = database;
            // Faster than the default, Newtonsoft.Json.
            storage.GrainStorageSerializer =
                ActivatorUtilities.CreateInstance<SystemTextJsonGrainStorageSerializer>(services);
        })));

var app = builder.BuildPeer();
app.MapGroup("/api/utc").RequireAuthorization(Bearer.Customer).MapProfile();
await app.Serve(() => Seed.Fill(app.Services, database, settings.GetValue("Customers", 1000)));
