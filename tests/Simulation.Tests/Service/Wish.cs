using CustomerGrains.Domain.Customers;

namespace CustomerGrains.Simulation.Tests.Service;

/// <summary>A request, and what the world may know of it.</summary>
/// <param name="Op">Of the caller's intention: the same for every repetition.</param>
/// <param name="Key">Idempotency key; null when none was sent.</param>
internal abstract record Wish(Guid Customer, int Op, string? Key)
{
    public sealed record Rename(Guid Customer, int Op, string? Key, string Name)
        : Wish(Customer, Op, Key);

    public sealed record AddAddress(Guid Customer, int Op, string? Key, Guid Id, bool AsDefault)
        : Wish(Customer, Op, Key);

    public sealed record RemoveAddress(Guid Customer, int Op, string? Key, Guid Id)
        : Wish(Customer, Op, Key);

    public sealed record SetDefault(Guid Customer, int Op, string? Key, Guid Id)
        : Wish(Customer, Op, Key);

    public sealed record RequestChange(
        Guid Customer, int Op, string? Key, Guid ChangeId, ContactChannel Channel, string Value)
        : Wish(Customer, Op, Key);

    public sealed record Resend(Guid Customer, int Op, string? Key, Guid ChangeId)
        : Wish(Customer, Op, Key);

    public sealed record Verify(Guid Customer, int Op, string? Key, Guid ChangeId, int Code)
        : Wish(Customer, Op, Key);

    public sealed record Cancel(Guid Customer, int Op, string? Key, Guid ChangeId)
        : Wish(Customer, Op, Key);

    public sealed record Undo(Guid Customer, int Op, Domain.SecretHash Token)
        : Wish(Customer, Op, null);

    public sealed record Place(Guid Customer, int Op, string? Key, Guid OrderId, Guid? AddressId)
        : Wish(Customer, Op, Key);

    public sealed record Progress(
        Guid Customer, int Op, string? Key, Guid OrderId, OrderStatus Status, Guid? Rider)
        : Wish(Customer, Op, Key);

    public sealed record Acknowledge(
        Guid Customer, int Op, string? Key, Guid OrderId, Guid Rider, int Version)
        : Wish(Customer, Op, Key);
}
