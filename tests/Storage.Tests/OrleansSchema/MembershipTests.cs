using System.Net;
using CustomerGrains.Tests.Support;
using Shouldly;
using Xunit;

namespace CustomerGrains.Storage.Tests.OrleansSchema;

public sealed class MembershipTests(PostgresFixture postgres) : IAsyncLifetime
{
    // PostgreSQL keeps microseconds; these values survive the way there and back.
    private static readonly DateTime Start = new(2026, 11, 23, 8, 0, 0, DateTimeKind.Utc);
    private Providers _providers = null!;
    private IMembershipTable _table = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _providers = await Providers.Create(postgres);
        _table = _providers.Membership;
    }

    public ValueTask DisposeAsync() => _providers.DisposeAsync();

    [Fact]
    public async Task ReadAll_NoMembers_StillHasAVersion()
    {
        var all = await ReadAll();

        all.Members.ShouldBeEmpty();
        all.Version.Version.ShouldBe(0);
        all.Version.VersionEtag.ShouldBe("0");
    }

    [Fact]
    public async Task Initialize_Twice_KeepsTheVersion()
    {
        await Insert(Silo(1));
        await _table.InitializeMembershipTableAsync(true, Token);

        (await ReadAll()).Version.Version.ShouldBe(1);
    }

    [Fact]
    public async Task Insert_ReadsBackAndBumpsTheVersion()
    {
        var silo = Silo(1);
        (await Insert(silo)).ShouldBeTrue();

        var all = await ReadAll();
        all.Version.Version.ShouldBe(1);
        var read = all.Members.ShouldHaveSingleItem().Item1;
        read.SiloAddress.ShouldBe(silo.SiloAddress);
        read.SiloName.ShouldBe(silo.SiloName);
        read.Status.ShouldBe(SiloStatus.Joining);
        read.StartTime.ShouldBe(Start);
        read.IAmAliveTime.ShouldBe(Start);
        read.ProxyPort.ShouldBe(silo.ProxyPort);
    }

    [Fact]
    public async Task Insert_StaleVersion_ChangesNothing()
    {
        var stale = (await ReadAll()).Version.Next();
        await Insert(Silo(1));

        (await _table.InsertRowAsync(Silo(2), stale, Token)).ShouldBeFalse();

        await ShouldBeAt(version: 1, members: 1);
    }

    [Fact]
    public async Task Insert_PresentMember_ChangesNothing()
    {
        await Insert(Silo(1));

        (await Insert(Silo(1))).ShouldBeFalse();

        await ShouldBeAt(version: 1, members: 1);
    }

    [Fact]
    public async Task Insert_ManyAtOnceOnOneVersion_OneWins()
    {
        for (var round = 1; round <= 10; round++)
        {
            var next = (await ReadAll()).Version.Next();
            var base_ = round * 100;
            var outcomes = await Task.WhenAll(
                Enumerable.Range(0, 16).Select(i => _table.InsertRowAsync(Silo(base_ + i), next, Token)));

            outcomes.Count(won => won).ShouldBe(1);
            await ShouldBeAt(version: round, members: round);
        }
    }

    [Fact]
    public async Task Update_CurrentVersion_ChangesMemberAndVersion()
    {
        var silo = Silo(1);
        await Insert(silo);
        silo.Status = SiloStatus.Active;
        silo.AddSuspector(Silo(9).SiloAddress, Start);

        (await Update(silo)).ShouldBeTrue();

        var row = await _table.ReadRowAsync(silo.SiloAddress, Token);
        row.Version.Version.ShouldBe(2);
        var read = row.Members.ShouldHaveSingleItem().Item1;
        read.Status.ShouldBe(SiloStatus.Active);
        read.SuspectTimes.ShouldHaveSingleItem().Item1.ShouldBe(Silo(9).SiloAddress);
    }

    [Fact]
    public async Task Update_StaleVersion_ChangesNothing()
    {
        var silo = Silo(1);
        await Insert(silo);
        var (stale, etag) = await VersionAndEtag(silo);
        await Insert(Silo(2));
        silo.Status = SiloStatus.Dead;

        (await _table.UpdateRowAsync(silo, etag, stale.Next(), Token)).ShouldBeFalse();

        await ShouldBeAt(version: 2, members: 2);
        (await Read(silo)).Status.ShouldBe(SiloStatus.Joining);
    }

    [Fact]
    public async Task Update_MissingMember_DoesNotBumpTheVersion()
    {
        await Insert(Silo(1));
        var (version, etag) = await VersionAndEtag(Silo(1));

        (await _table.UpdateRowAsync(Silo(2), etag, version.Next(), Token)).ShouldBeFalse();

        await ShouldBeAt(version: 1, members: 1);
    }

    [Fact]
    public async Task Update_ManyAtOnceOnOneVersion_OneWins()
    {
        var silos = Enumerable.Range(1, 8).Select(Silo).ToArray();
        foreach (var silo in silos) await Insert(silo);
        var (version, etag) = await VersionAndEtag(silos[0]);
        foreach (var silo in silos) silo.Status = SiloStatus.Active;

        var outcomes = await Task.WhenAll(
            silos.Select(silo => _table.UpdateRowAsync(silo, etag, version.Next(), Token)));

        outcomes.Count(won => won).ShouldBe(1);
        var all = await ReadAll();
        all.Version.Version.ShouldBe(9);
        all.Members.Count(m => m.Item1.Status == SiloStatus.Active).ShouldBe(1);
    }

    [Fact]
    public async Task IAmAlive_MovesTheTime_NotTheVersion()
    {
        var silo = Silo(1);
        await Insert(silo);
        silo.IAmAliveTime = Start.AddMinutes(5);

        await _table.UpdateIAmAliveAsync(silo, Token);

        (await Read(silo)).IAmAliveTime.ShouldBe(Start.AddMinutes(5));
        (await ReadAll()).Version.Version.ShouldBe(1);
    }

    [Fact]
    public async Task ReadAll_WhileMembersJoin_VersionAndMembersAgree()
    {
        var writer = InsertMany(50);
        while (!writer.IsCompleted)
        {
            var all = await ReadAll();
            all.Members.Count.ShouldBe(all.Version.Version); // each insert is one bump
        }

        await writer;
    }

    [Fact]
    public async Task CleanUp_RemovesTheDeadOnly()
    {
        var (dead, joining) = (Silo(1), Silo(2));
        await Insert(dead);
        await Insert(joining);
        dead.Status = SiloStatus.Dead;
        await Update(dead);

        await _table.CleanupDefunctSiloEntriesAsync(new DateTimeOffset(Start.AddDays(8)), Token);

        (await ReadAll()).Members.ShouldHaveSingleItem().Item1.SiloAddress.ShouldBe(joining.SiloAddress);
    }

    [Fact]
    public async Task Delete_ForgetsTheDeployment()
    {
        await Insert(Silo(1));

        await _table.DeleteMembershipTableEntriesAsync("test", Token);

        (await _providers.Database.Query<long>(
            "SELECT (SELECT count(*) FROM OrleansMembershipTable)"
            + " + (SELECT count(*) FROM OrleansMembershipVersionTable)")).ShouldBe(0);
    }

    private static MembershipEntry Silo(int number) => new()
    {
        SiloAddress = SiloAddress.New(IPAddress.Loopback, 10_000 + number, 1),
        SiloName = $"silo-{number}",
        HostName = "host",
        Status = SiloStatus.Joining,
        ProxyPort = 30_000,
        StartTime = Start,
        IAmAliveTime = Start,
    };

    private Task<MembershipTableData> ReadAll() => _table.ReadAllAsync(Token);

    private async Task<MembershipEntry> Read(MembershipEntry silo) =>
        (await _table.ReadRowAsync(silo.SiloAddress, Token)).Members.Single().Item1;

    private async Task<(TableVersion Version, string Etag)> VersionAndEtag(MembershipEntry silo)
    {
        var row = await _table.ReadRowAsync(silo.SiloAddress, Token);
        return (row.Version, row.Members.Single().Item2);
    }

    private async Task<bool> Insert(MembershipEntry silo) =>
        await _table.InsertRowAsync(silo, (await ReadAll()).Version.Next(), Token);

    private async Task InsertMany(int count)
    {
        for (var i = 1; i <= count; i++) (await Insert(Silo(i))).ShouldBeTrue();
    }

    private async Task<bool> Update(MembershipEntry silo)
    {
        var (version, etag) = await VersionAndEtag(silo);
        return await _table.UpdateRowAsync(silo, etag, version.Next(), Token);
    }

    private async Task ShouldBeAt(int version, int members)
    {
        var all = await ReadAll();
        all.Version.Version.ShouldBe(version);
        all.Members.Count.ShouldBe(members);
    }
}
