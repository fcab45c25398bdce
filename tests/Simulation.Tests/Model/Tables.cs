using CustomerGrains.Domain.Customers;
using CustomerGrains.GrainInterfaces;
using CustomerGrains.Storage.Journal;
using ContactChannel = CustomerGrains.Domain.Customers.ContactChannel;

namespace CustomerGrains.Simulation.Tests.Model;

/// <summary>What is committed. Rows, not customers: a state that no one command made can come
/// about, as in a database.</summary>
internal sealed class Tables
{
    /// <summary>Without what has tables of its own.</summary>
    public Dictionary<Guid, Customer> Users { get; } = [];

    public Dictionary<Guid, AddressRow> Addresses { get; } = [];

    public Dictionary<Guid, OrderRow> Orders { get; } = [];

    public Dictionary<ContactKey, Reservation> Reservations { get; } = [];

    public Dictionary<(Guid Customer, string Key), Reply> Replies { get; } = [];

    /// <summary>Of every partition that has any, in feed order.</summary>
    public SortedDictionary<short, List<Stored>> Journal { get; } = [];

    /// <summary>The journal in the order of the commits.</summary>
    public List<Stored> Log { get; } = [];

    public List<Mail> Mail { get; } = [];

    /// <summary>What became of changes: true when completed.</summary>
    public Dictionary<Guid, (Guid Customer, bool IsUsed)> Changes { get; } = [];

    public List<(Guid Order, Guid Rider)> Accesses { get; } = [];

    public Dictionary<short, Checkpoint> Checkpoints { get; } = [];

    /// <summary>Positions under each seal, oldest seal first.</summary>
    public Dictionary<short, List<FeedPosition[]>> Seals { get; } = [];

    public Dictionary<short, FeedPosition> Marks { get; } = [];

    public Dictionary<string, long> Counters { get; } = [];

    public IEnumerable<Stored> Rows => Journal.Values.SelectMany(rows => rows);

    public Guid? OwnerOf(ContactKey contact)
    {
        foreach (var user in Users.Values)
            if (user.ContactOn(contact.Channel) == contact.Value) return user.Id;
        return null;
    }

    public void Add(Stored stored)
    {
        Log.Add(stored);
        var partition = JournalPartition.Of(stored.Row.CustomerId);
        if (!Journal.TryGetValue(partition, out var rows)) Journal[partition] = rows = [];
        var place = rows.Count;
        while (place > 0 && rows[place - 1].Row.Position > stored.Row.Position) place--;
        rows.Insert(place, stored);
    }

    public Stored? Find(Guid customer, long sequence) =>
        Journal.TryGetValue(JournalPartition.Of(customer), out var rows)
            ? rows.Find(r => r.Row.CustomerId == customer && r.Row.Sequence == sequence)
            : null;

    public Customer WithAddresses(Customer head)
    {
        var rows = Addresses.Values.Where(r => r.Owner == head.Id && !r.IsDeleted)
            .OrderBy(r => r.Place).ToList();
        return head with
        {
            Addresses = [.. rows.Select(r => r.Address)],
            DefaultAddressId = rows.Find(r => r.IsDefault)?.Address.Id,
        };
    }

    public Customer WithOrders(Customer customer) => customer with
    {
        ActiveOrders =
        [
            .. Orders.Values.Where(r => r.Owner == customer.Id && r.Order.EndedAt is null)
                .OrderBy(r => r.Place).Select(r => r.Order),
        ],
    };

    /// <summary>A customer as a load at this moment would find it.</summary>
    public Customer Whole(Guid id) => WithOrders(WithAddresses(Users[id]));

    public static Customer HeadOf(Customer customer) => customer with
    {
        Addresses = [],
        DefaultAddressId = null,
        ActiveOrders = [],
    };

    public static IEnumerable<ContactKey> ContactsOf(Customer customer)
    {
        if (customer.Phone is { } phone) yield return new(ContactChannel.Phone, phone);
        if (customer.Email is { } email) yield return new(ContactChannel.Email, email);
    }
}

/// <param name="To">All up to here is delivered.</param>
internal sealed record Checkpoint(long Epoch, FeedPosition To);
