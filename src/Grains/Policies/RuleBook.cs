using System.Text.Json;
using CustomerGrains.Domain;
using CustomerGrains.Domain.Customers;
using CustomerGrains.Storage.Policies;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace CustomerGrains.Grains.Policies;

/// <summary>The policies as this silo knows them: there before the first call, read again and
/// again beside all calls, never waited for.</summary>
public sealed partial class RuleBook(PolicyStore store, TimeProvider time, ILogger<RuleBook> log)
    : ILifecycleParticipant<ISiloLifecycle>, IDisposable
{
    /// <summary>How long a change may take to be noticed here: short enough for an administrator
    /// who waits; one look-up of four rows.</summary>
    public static readonly TimeSpan StalenessMax = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource _stop = new();
    private volatile CustomerRules _current = CustomerRules.AsDelivered;
    private volatile (string, long)[] _versions = [];
    private Task _refreshing = Task.CompletedTask;

    public CustomerRules Current => _current;

    public void Participate(ISiloLifecycle lifecycle) => lifecycle.Subscribe(
        nameof(RuleBook),
        ServiceLifecycleStage.ApplicationServices,
        async _ =>
        {
            await Refresh();
            _refreshing = KeepRefreshing();
        },
        async _ =>
        {
            await _stop.CancelAsync();
            await _refreshing;
        });

    /// <summary>Reads now. What cannot be understood, written by a newer version of this service,
    /// leaves things as they were.</summary>
    /// <exception cref="NpgsqlException">The database did not answer.</exception>
    public async Task Refresh()
    {
        // Awaited by callers on different schedulers, so on none of theirs.
        var policies = await store.FindAll().ConfigureAwait(false);
        (string, long)[] versions = [.. policies.Select(p => (p.Name, p.Version))];
        // The same rules stay the same objects: what was rendered by them is good as it is.
        if (versions.AsSpan().SequenceEqual(_versions)) return;
        var validation = new Validation();
        var rules = Read(policies, _current, validation);
        if (validation.IsClean) _current = rules;
        else NotUnderstood(log, validation.Errors[0].Message);
        _versions = versions;
    }

    public void Dispose() => _stop.Dispose();

    internal static CustomerRules Read(
        IEnumerable<StoredPolicy> policies, CustomerRules present, Validation validation)
    {
        foreach (var policy in policies)
        {
            using var json = JsonDocument.Parse(policy.Document);
            var document = new PolicyReader(json.RootElement, validation);
            var version = (int)Math.Min(policy.Version, int.MaxValue);
            present = policy.Name switch
            {
                "category-ages" => present with { Ages = AgePolicy.Read(document) },
                "tiers" => present with { Tiers = TierPolicy.Read(document, version) },
                "completion" =>
                    present with { Completion = CompletionPolicy.Read(document, version) },
                "risk" => present with { Risk = RiskPolicy.Read(document, version) },
                // Of a newer version of this service.
                _ => present,
            };
        }

        return present;
    }

    private async Task KeepRefreshing()
    {
        using var timer = new PeriodicTimer(StalenessMax, time);
        while (await NextTick(timer).ConfigureAwait(false))
        {
            try
            {
                await Refresh().ConfigureAwait(false);
            }
            catch (Exception e) when (e is NpgsqlException or JsonException)
            {
                NotRead(log, e);
            }
        }
    }

    private async Task<bool> NextTick(PeriodicTimer timer)
    {
        try
        {
            return await timer.WaitForNextTickAsync(_stop.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning,
        Message = "Policies could not be read; those known stay in force.")]
    private static partial void NotRead(ILogger log, Exception cause);

    [LoggerMessage(Level = LogLevel.Error,
        Message = "A policy was not understood; those known stay in force: {Rule}")]
    private static partial void NotUnderstood(ILogger log, string rule);
}
