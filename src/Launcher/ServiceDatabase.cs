using CustomerGrains.Launcher.Postgres;
using CustomerGrains.Storage.Schema;
using Npgsql;

namespace CustomerGrains.Launcher;

/// <summary>The database of a run: a local server, or one that someone else looks after.</summary>
/// <param name="Service">Connection string that silos get.</param>
/// <param name="Branch">Connection string for reads of branches; null: silos use the other one, and
/// the database cannot tell a stolen connection of theirs from the service.</param>
/// <param name="Owner">Connection string for migrations; null when not ours to run.</param>
/// <param name="Local">The local server, or null.</param>
internal sealed record ServiceDatabase(
    string Service, string? Branch, string? Owner, LocalPostgres? Local)
{
    /// <summary>Environment variable: a database for silos; no local one is started.</summary>
    public const string ServiceSetting = "ConnectionStrings__Customers";

    /// <summary>Environment variable: the same database as <c>branch_desk</c>.</summary>
    public const string BranchSetting = "ConnectionStrings__CustomersBranch";

    /// <summary>Environment variable: the same database as its owner, for migrations.</summary>
    public const string OwnerSetting = "ConnectionStrings__CustomersOwner";

    public static string? ExternalOwner => Setting(OwnerSetting);

    /// <summary>Starts the local server, unless the environment names a database.</summary>
    public static async Task<ServiceDatabase> Open(
        DataDirectory data, TextWriter log, CancellationToken cancellation)
    {
        if (Setting(ServiceSetting) is { } external)
            return new(external, Setting(BranchSetting), ExternalOwner, null);

        var server = await LocalPostgres.Start(data, new(), log, cancellation);
        return new(
            server.ConnectionString(DatabaseBootstrap.ServiceRole, DatabaseBootstrap.DatabaseName),
            server.ConnectionString(DatabaseBootstrap.BranchRole, DatabaseBootstrap.DatabaseName),
            server.ConnectionString(DatabaseBootstrap.OwnerRole, DatabaseBootstrap.DatabaseName),
            server);
    }

    /// <summary>
    /// Brings the schema forward. An external database without an owner's connection string is
    /// only checked, and refused when it does not fit.
    /// </summary>
    public async Task Prepare(string clusterId, CancellationToken cancellation)
    {
        await using var source = NpgsqlDataSource.Create(Owner ?? Service);
        if (Owner is null)
        {
            await new SchemaCheck(source, new()).Verify(cancellation);
            return;
        }

        await new SchemaMigrator(source).Migrate(cancellation);
        // An external database may serve other clusters, which are alive.
        if (Local is not null) await OldClusters.Forget(source, clusterId, cancellation);
    }

    private static string? Setting(string name) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
