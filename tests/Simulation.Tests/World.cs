using System.Collections.Immutable;
using CustomerGrains.Domain.Customers;
using CustomerGrains.Domain.SignIn;
using CustomerGrains.GrainInterfaces;
using CustomerGrains.Simulation.Tests.Actors;
using CustomerGrains.Simulation.Tests.Checks;
using CustomerGrains.Simulation.Tests.Machine;
using CustomerGrains.Simulation.Tests.Model;
using CustomerGrains.Simulation.Tests.Service;
using CustomerGrains.Storage.Journal;
using ContactChannel = CustomerGrains.Domain.Customers.ContactChannel;
using Reply = CustomerGrains.Simulation.Tests.Model.Reply;

namespace CustomerGrains.Simulation.Tests;

/// <summary>Some customers with their devices, orders and riders, some silos and a database, and
/// whatever goes wrong between them. All that happens follows from the seed.</summary>
internal sealed class World
{
    /// <summary>A world that has not come to rest by then never will.</summary>
    private const int StepsMax = 60_000;

    private readonly Process _outside = new("outside");
    private readonly Dictionary<Guid, SimulatedSilo> _directory = [];
    private readonly List<Task> _actors = [];
    private readonly List<(SimulatedSilo Silo, Action Fail)> _calls = [];

    public World(int seed, Defect defect)
    {
        (Clock, Defect) = (new Clockwork(seed), defect);
        Database = new Database(Clock);
        Silos = [.. Enumerable.Range(0, Clock.Chance.Next(1, 4)).Select(n => new SimulatedSilo(this, n))];
        Oracle = new Oracle(this);
        Database.Committed = Oracle.AfterCommit;
        Database.LostPerMille = Clock.Pick([0, 5, 20]);
        Database.StallPerMille = Clock.Pick([0, 20, 60]);
        Customers = [.. Enumerable.Range(0, Clock.Chance.Next(1, 4)).Select(Born)];
    }

    public Clockwork Clock { get; }

    public Database Database { get; }

    public Defect Defect { get; }

    public ImmutableArray<SimulatedSilo> Silos { get; }

    public ImmutableArray<Guid> Customers { get; }

    public Oracle Oracle { get; }

    /// <summary>Things go wrong.</summary>
    public bool Chaos { get; private set; } = true;

    /// <summary>What one destination was sent, over all customers.</summary>
    public Dictionary<string, ContactBudget> Budgets { get; } = [];

    /// <summary>Journal rows that a seal missed.</summary>
    public int Gaps { get; set; }

    /// <summary>Everything from the first request to the last check.</summary>
    /// <exception cref="BrokenPromiseException">What was found.</exception>
    public void Run()
    {
        foreach (var customer in Customers) Populate(customer);
        var nemesis = new Nemesis(this);
        Clock.Start(_outside, TimeSpan.Zero, nemesis.Haunt);
        while (_actors.Exists(a => !a.IsCompleted)) Advance("every request gets its answer");
        foreach (var actor in _actors) actor.GetAwaiter().GetResult();
        (Chaos, Database.LostPerMille, Database.StallPerMille) = (false, 0, 0);
        nemesis.Stop();
        Settle();
        Oracle.CheckEnd();
    }

    /// <summary>Somebody outside who does things until done.</summary>
    public void Begin(Task actor) => _actors.Add(actor);

    public Rest Pause(TimeSpan time) => Clock.Rest(_outside, time);

    /// <summary>Something that is not subject to any process.</summary>
    public void After(TimeSpan time, Action happens) => Clock.Post(_outside, time, happens);

    /// <summary>One attempt; the outcome may stay unknown.</summary>
    public Task<Reply> Send(Wish wish)
    {
        var commandId = Clock.NewId();
        Oracle.Sent(commandId, wish);
        return Call(
            wish.Customer, Reply.TryAgain, async silo => await silo.Find(wish.Customer)
                .Handle(wish, commandId));
    }

    /// <summary>A look at a customer as the silo that has it would show it.</summary>
    /// <param name="before">Done by the silo before it shows anything.</param>
    /// <returns>Null when nobody answered.</returns>
    public Task<Customer?> Show(Guid id, Func<SimulatedSilo, Task>? before = null) =>
        Call<Customer?>(id, null, async silo =>
        {
            if (before is not null) await before(silo);
            return await silo.Find(id).Show();
        });

    /// <summary>Looks at all partitions; called whenever something was committed.</summary>
    public void Look()
    {
        foreach (var partition in Database.Tables.Journal.Keys)
        {
            // Ownership follows the silos that live; a quarrel is part of it.
            var silo = Clock.Happens(Chaos ? 150 : 0)
                ? Clock.Pick(Silos)
                : Silos[partition % Silos.Length];
            Clock.Start(silo.Process, Clock.Between(5, 60), () => silo.Feed.Look(partition));
        }
    }

    /// <summary>Nobody goes to it any more, and what it still says is not heard.</summary>
    public void VoteOut(SimulatedSilo silo)
    {
        silo.IsOut = true;
        Forget(silo);
    }

    /// <summary>Whoever waits for it hears that it is gone.</summary>
    public void Forget(SimulatedSilo silo)
    {
        foreach (var (_, fail) in _calls.Where(c => c.Silo == silo).ToList())
            After(Clock.Between(0, 40), fail);
        _calls.RemoveAll(c => c.Silo == silo);
        foreach (var (customer, place) in _directory.ToList())
            if (place == silo) _directory.Remove(customer);
    }

    private async Task<T> Call<T>(Guid customer, T nobody, Func<SimulatedSilo, Task<T?>> handle)
    {
        var answer = new TaskCompletionSource<T>();
        After(TimeSpan.FromSeconds(10), () => answer.TrySetResult(nobody));
        if (!Clock.Happens(Chaos ? 20 : 0)) After(Clock.Between(0, 15), Arrive);
        return await answer.Task;

        void Arrive()
        {
            if (Route(customer) is not { } silo) return;
            _calls.Add((silo, () => answer.TrySetResult(nobody)));
            Clock.Start(silo.Process, TimeSpan.Zero, async () =>
            {
                // An activation that went meanwhile passes the call on.
                T? value = default;
                try
                {
                    for (var tries = 0; tries < 5 && value is null; tries++)
                        value = await handle(silo);
                }
                catch (AnswerLostException)
                {
                    return; // and the caller gets no answer
                }

                if (silo.IsOut || Clock.Happens(Chaos ? 30 : 0)) return;
                After(Clock.Between(0, 15), () =>
                {
                    if (!silo.IsOut) answer.TrySetResult(value ?? nobody);
                });
            });
        }
    }

    private SimulatedSilo? Route(Guid customer)
    {
        if (_directory.TryGetValue(customer, out var known)) return known;
        var living = Silos.Where(s => !s.IsOut).ToList();
        return living.Count == 0 ? null : _directory[customer] = Clock.Pick(living);
    }

    private Guid Born(int number)
    {
        // Few partitions: rows of several customers meet in one.
        var id = Clock.NewId();
        while (JournalPartition.Of(id) > 1) id = Clock.NewId();
        var events = ImmutableArray.Create<CustomerEvent>(
            new CustomerEvent.SignedUp(ContactChannel.Phone, Contacts.Phone(number)));
        var born = Customer.Unborn(id).After(events, Clock.Now);
        var commit = new Commit(
            Customer.Unborn(id), born, events, Clock.NewId(), Clock.Now, null, null);
        var row = new JournalRow(
            new FeedPosition((ulong)number + 1, Database.NextRow()), id, 1, commit.CommandId, id,
            CallerRole.Customer, Clock.Now, JournalCodec.WriteClear(events));
        Database.Tables.Users[id] = Tables.HeadOf(born);
        Database.Tables.Add(new Stored(row, JournalCodec.WritePersonal(events), commit));
        return id;
    }

    private void Populate(Guid customer)
    {
        var memory = new Memory();
        for (var device = 0; device < Clock.Chance.Next(1, 3); device++)
            Begin(new App(this, customer, memory).Live());
        Begin(new Thief(this, customer, memory).Guess());
        Begin(new Delivery(this, customer, memory).Run());
    }

    private void Advance(string hoped)
    {
        if (Clock.Steps > StepsMax || !Clock.Advance())
            throw new BrokenPromiseException($"never: {hoped}");
    }

    /// <summary>Nothing goes wrong any more: all must come to its end by itself.</summary>
    private void Settle()
    {
        while (Clock.Advance())
            if (Clock.Steps > StepsMax) throw new BrokenPromiseException("never comes to rest");
        for (var round = 0; round < 400 && !Oracle.IsFeedDrained; round++)
        {
            Look();
            while (Clock.Advance())
                if (Clock.Steps > StepsMax) throw new BrokenPromiseException("never comes to rest");
        }
    }
}
