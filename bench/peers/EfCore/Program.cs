using CustomerGrains.Bench.EfCore;
using CustomerGrains.Bench.Shared;
using Microsoft.EntityFrameworkCore;
using Npgsql;

// A conventional service: ASP.NET Core, EF Core, Npgsql, one process.
var builder = PeerHost.Create(args);
var connection = new NpgsqlConnectionStringBuilder(
    builder.Configuration.GetConnectionString("Bench"))
{
    MaxPoolSize = builder.Configuration.GetValue("Pool", ProfileDb.ConnectionsMax),
    MinPoolSize = 2,
    MaxAutoPrepare = 64,
    AutoPrepareMinUsages = 2,
    NoResetOnClose = true, // no session state is ever set
};
builder.Services.AddSingleton(_ => NpgsqlDataSource.Create(connection));
builder.Services.AddDbContextPool<ProfileDb>((services, options) => options
    .UseNpgsql(services.GetRequiredService<NpgsqlDataSource>())
    .EnableThreadSafetyChecks(false));

var app = builder.BuildPeer();
app.MapGroup("/api/utc").RequireAuthorization(Bearer.Customer).MapProfile().MapAddresses();
app.MapGroup("/api/utd").RequireAuthorization(Bearer.Rider).MapRider();
app.MapGroup("/api/utb").RequireAuthorization(Bearer.Branch).MapBranch();
await app.Serve(() => Seed.Fill(app.Services, app.Configuration.GetValue("Customers", 1000)));
