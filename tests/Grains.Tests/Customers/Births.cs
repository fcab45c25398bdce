using CustomerGrains.Domain.Customers;
using CustomerGrains.Storage;
using CustomerGrains.Storage.Customers;
using CustomerGrains.Storage.Sealing;

namespace CustomerGrains.Grains.Tests.Customers;

/// <summary>Customers who come into the store without a grain, for tests that need many.</summary>
internal static class Births
{
    private static readonly DateTimeOffset At = new(2026, 11, 23, 8, 0, 0, TimeSpan.Zero);

    public static CustomerCommit Of(CustomerCommand.Import import)
    {
        var unborn = Customer.Unborn(Guid.CreateVersion7());
        var events = unborn.Decide(import, At).Events;
        return new CustomerCommit
        {
            Before = unborn,
            After = unborn.After(events, At),
            Events = events,
            CommandId = Guid.CreateVersion7(),
            ActorId = unborn.Id,
            ActorRole = 1,
            At = At,
            Key = DataKey.Create(unborn.Id, new CryptographicRandom()),
        };
    }
}
