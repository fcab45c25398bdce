using System.Diagnostics;
using CustomerGrains.Domain.Customers;
using CustomerGrains.Storage.Customers;
using CustomerGrains.Storage.Feed;
using CustomerGrains.Storage.Tracing;
using CustomerGrains.Tests.Support;
using Shouldly;
using Xunit;

namespace CustomerGrains.Storage.Tests.Customers;

public sealed class TraceTests(PostgresFixture postgres)
{
    private const string Parent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    [Fact]
    public async Task Trace_IsNotedWithItsCommit_AndNotWithoutIt()
    {
        await using var harness = await StoreHarness.Create(postgres);
        var born = await harness.SignUp();
        var untraced = Edit(born, "One", parent: null);
        (await harness.Store.Commit(untraced)).ShouldBe(CommitResult.Committed);
        var traced = Edit(born with { Customer = untraced.After }, "Two", Parent);
        (await harness.Store.Commit(traced)).ShouldBe(CommitResult.Committed);
        var stale = Edit(born, "Three", Parent);
        (await harness.Store.Commit(stale)).ShouldBe(CommitResult.Stale);

        await using var feed = new FeedDatabase(harness.Database.Service);
        var traces = await new TraceStore(feed).Read(
            [untraced.CommandId, traced.CommandId, stale.CommandId]);

        var (command, trace) = traces.ShouldHaveSingleItem();
        command.ShouldBe(traced.CommandId);
        trace.TraceId.ToHexString().ShouldBe("0af7651916cd43dd8448eb211c80319c");
        trace.SpanId.ToHexString().ShouldBe("b7ad6b7169203331");
        trace.TraceFlags.ShouldBe(ActivityTraceFlags.Recorded);
    }

    private static CustomerCommit Edit(LoadedCustomer loaded, string name, string? parent) =>
        StoreHarness.Prepare(loaded, new CustomerCommand.EditProfile { Name = new(name) })
            with { TraceParent = parent };
}
