using CustomerGrains.Domain.Customers;
using CustomerGrains.GrainInterfaces;
using CustomerGrains.Simulation.Tests.Machine;
using CustomerGrains.Storage.Journal;

namespace CustomerGrains.Simulation.Tests.Model;

/// <summary>What the statements of a group commit do, in their order.</summary>
internal sealed class CommitStatement(Clockwork clock, Database database, Defect defect)
{
    /// <param name="batch">Sorted by id, each customer once.</param>
    /// <returns>Which of them were applied.</returns>
    public async Task<bool[]> Run(Transaction transaction, List<Commit> batch)
    {
        var taken = batch.Select(IsTaken).ToArray();
        var applied = new bool[batch.Count];
        for (var i = 0; i < batch.Count; i++)
            applied[i] = !taken[i] && await Apply(transaction, batch[i]);
        for (var i = 0; i < batch.Count; i++)
            if (applied[i] && defect != Defect.ReservationIgnored) Check(transaction, batch[i]);
        // Now and then a disk takes its time, and the transaction its number with it.
        if (clock.Happens(database.StallPerMille))
            await clock.Rest(database.Process, clock.Between(100, 12_000));
        await clock.Step(database.Process);
        return applied;
    }

    private Tables Tables => database.Tables;

    /// <summary>As of the beginning of the statement.</summary>
    private bool IsTaken(Commit commit) => Claims(commit).Any(contact =>
        Tables.OwnerOf(contact) is { } owner && owner != commit.Id);

    private static IEnumerable<ContactKey> Claims(Commit commit) =>
        Tables.ContactsOf(commit.After).Except(Tables.ContactsOf(commit.Before));

    private async Task<bool> Apply(Transaction transaction, Commit commit)
    {
        await clock.Step(database.Process);
        await database.Lock(transaction, commit.Id);
        var version = Tables.Users[commit.Id].Version;
        if (version != commit.Before.Version && defect != Defect.NoVersionFence) return false;

        if (defect != Defect.ContactsNotUnique)
        {
            foreach (var contact in Tables.ContactsOf(commit.Before).Concat(Claims(commit)))
                await database.Lock(transaction, contact);
            if (IsTaken(commit) || Claims(commit).Any(contact => !transaction.Adds(contact)))
                throw new DataErrorException("contact");
        }

        if (commit.Reply is { } kept && defect != Defect.ReplyInItsOwnTransaction)
        {
            await database.Lock(transaction, (commit.Id, kept.Key));
            if (Tables.Replies.ContainsKey((commit.Id, kept.Key)))
                throw new DataErrorException("reply");
            transaction.Writes.Add(() => Tables.Replies[(commit.Id, kept.Key)] = kept.Reply);
        }

        foreach (var order in Placed(commit))
        {
            await database.Lock(transaction, order.Id);
            if (Tables.Orders.ContainsKey(order.Id) || !transaction.Adds(order.Id))
                throw new DataErrorException("order");
        }

        Write(transaction, commit, version + 1);
        return true;
    }

    private void Check(Transaction transaction, Commit commit)
    {
        foreach (var contact in Claims(commit))
        {
            var reserved = transaction.Reserved.GetValueOrDefault(contact)
                ?? Tables.Reservations.GetValueOrDefault(contact);
            if (reserved is not null && reserved.Owner != commit.Id && reserved.Until > commit.At)
                throw new DataErrorException("reservation");
        }
    }

    private static IEnumerable<ActiveOrder> Placed(Commit commit) =>
        commit.After.ActiveOrders.Where(o => commit.Before.FindOrder(o.Id) is null);

    private void Write(Transaction transaction, Commit commit, long version)
    {
        var writes = transaction.Writes;
        var head = Tables.HeadOf(commit.After) with { Version = version };
        writes.Add(() => Tables.Users[commit.Id] = head);
        WriteAddresses(writes, commit);
        WriteOrders(writes, commit);
        if (commit.Mail is { } mail) writes.Add(() => Tables.Mail.Add(mail));
        foreach (var happened in commit.Events) WriteChanges(transaction, commit, happened);

        var row = new JournalRow(
            new FeedPosition(transaction.Number, database.NextRow()), commit.Id, version,
            commit.CommandId, commit.Id, CallerRole.Customer, commit.At,
            JournalCodec.WriteClear(commit.Events));
        var stored = new Stored(row, JournalCodec.WritePersonal(commit.Events), commit);
        writes.Add(() => Tables.Add(stored));
    }

    private void WriteChanges(Transaction transaction, Commit commit, CustomerEvent happened)
    {
        var (writes, id) = (transaction.Writes, commit.Id);
        switch (happened)
        {
            case CustomerEvent.ContactChangeRequested e:
                if (commit.Before.ChangesOn(e.Channel).Pending is { } replaced)
                    writes.Add(() => Tables.Changes[replaced.Id] = (id, false));
                break;
            case CustomerEvent.ContactChangeCancelled e:
                writes.Add(() => Tables.Changes[e.ChangeId] = (id, false));
                break;
            case CustomerEvent.ContactChanged e:
                writes.Add(() => Tables.Changes[e.ChangeId] = (id, true));
                if (e is not { Old: { } old, UndoUntil: { } until }) break;
                var kept = new ContactKey(e.Channel, old);
                transaction.Reserved[kept] = new Reservation(id, until);
                writes.Add(() => Tables.Reservations[kept] = new Reservation(id, until));
                break;
            case CustomerEvent.ContactRestored e:
                writes.Add(() => Tables.Reservations.Remove(new ContactKey(e.Channel, e.New)));
                break;
            default:
                break;
        }
    }

    private void WriteAddresses(List<Action> writes, Commit commit)
    {
        var (before, after) = (commit.Before, commit.After);
        foreach (var address in after.Addresses)
        {
            var isDefault = address.Id == after.DefaultAddressId;
            var wasDefault = address.Id == before.DefaultAddressId;
            if (ReferenceEquals(before.FindAddress(address.Id), address) && isDefault == wasDefault)
                continue;
            if (wasDefault && !isDefault && defect == Defect.OldDefaultStays) continue;
            writes.Add(() => Tables.Addresses[address.Id] = new AddressRow(
                commit.Id, address, isDefault, IsDeleted: false, PlaceOf(address.Id)));
        }

        foreach (var address in before.Addresses)
        {
            if (after.FindAddress(address.Id) is null)
                writes.Add(() => Tables.Addresses[address.Id] = new AddressRow(
                    commit.Id, address, IsDefault: false, IsDeleted: true, 0));
        }
    }

    private long PlaceOf(Guid address) =>
        Tables.Addresses.TryGetValue(address, out var row) ? row.Place : database.NextRow();

    private void WriteOrders(List<Action> writes, Commit commit)
    {
        var (before, after) = (commit.Before, commit.After);
        foreach (var order in after.ActiveOrders)
        {
            if (ReferenceEquals(before.FindOrder(order.Id), order)) continue;
            var written = defect == Defect.SnapshotFollows
                ? order with { Snapshot = order.Snapshot with { Phone = after.Phone } }
                : order;
            writes.Add(() => Put(written, commit.Id));
        }

        foreach (var order in before.ActiveOrders)
        {
            if (after.FindOrder(order.Id) is not null) continue;
            var status = commit.Events.OfType<CustomerEvent.OrderProgressed>()
                .FirstOrDefault(e => e.OrderId == order.Id)?.New ?? OrderStatus.Delivered;
            var total = commit.Events.OfType<CustomerEvent.OrderDelivered>()
                .FirstOrDefault(e => e.OrderId == order.Id)?.Total ?? order.Total;
            writes.Add(() => Put(order.Moved(status, total, commit.At), commit.Id));
        }
    }

    private void Put(ActiveOrder order, Guid owner) => Tables.Orders[order.Id] = new OrderRow(
        owner, order,
        Tables.Orders.TryGetValue(order.Id, out var row) ? row.Place : database.NextRow());
}
