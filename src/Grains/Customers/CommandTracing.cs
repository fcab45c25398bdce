using System.Diagnostics;
using CustomerGrains.GrainInterfaces;
using CustomerGrains.Storage.Customers;

namespace CustomerGrains.Grains.Customers;

/// <summary>Spans of a command in its grain. There are none unless the front end records the
/// request: it alone decides which are.</summary>
/// <remarks>Never a value of the customer in a name or a tag, nor the customer's id.</remarks>
internal static class CommandTracing
{
    private static readonly ActivitySource Source = new("CustomerGrains.Grains");

    /// <summary>From the decision to the answer.</summary>
    public static Activity? Begin(CommandContext context) =>
        context.TraceParent is { } text && ActivityContext.TryParse(text, null, out var request)
            ? Source.StartActivity("customer.command", ActivityKind.Internal, request)
            : null;

    /// <summary>From the request to commit to its outcome.</summary>
    /// <param name="command">The span of <see cref="Begin"/>.</param>
    public static Activity? BeginCommit(Activity? command, int events) =>
        command is null
            ? null
            : Source.StartActivity("customer.commit", ActivityKind.Client, command.Context)
                ?.SetTag("customer.events", events);

    public static void End(Activity? commit, CommitResult result)
    {
        commit?.SetTag("customer.commit.result", result.ToString());
        commit?.Stop();
    }

    /// <summary>What goes into the journal with the commit; null when it is not recorded.</summary>
    public static string? ParentOf(Activity? commit) =>
        commit is { Recorded: true } ? commit.Id : null;
}
