using System.Security.Cryptography;
using System.Text;
using CustomerGrains.Domain.Customers;
using CustomerGrains.GrainInterfaces;
using CustomerGrains.Storage.Customers;
using CustomerGrains.Tests.Support;
using Shouldly;
using Xunit;

namespace CustomerGrains.Grains.Tests.Customers;

/// <summary>A commit of a silo that died may become durable after the next activation was loaded.
/// Whoever asks again under its key learns of it, and so must the activation.</summary>
public sealed class ReplayTests(PostgresFixture postgres)
{
    [Fact]
    public async Task Replay_NewerThanTheActivation_IsToldByOneThatKnowsItsChange()
    {
        await using var world = await ContactChangeWorld.Start(postgres);
        var id = await world.SignUp(world.NewPhone());
        await CommitBesideTheActivation(world, id, "key", "Ann");

        await Should.ThrowAsync<TryAgainException>(() => Edit(world, id));
        var replay = await Edit(world, id);

        (replay.Replayed, replay.Version).ShouldBe((true, 2));
        var profile = await world.Profile(id);
        profile.GetProperty("version").GetInt64().ShouldBe(2);
        profile.GetProperty("name").GetString().ShouldBe("Ann");
    }

    private static Task<Reply> Edit(ContactChangeWorld world, Guid id) =>
        world.Grain(id).EditProfile(new ProfileEdit(), world.Context(id, "key"));

    private static Task CommitBesideTheActivation(
        ContactChangeWorld world, Guid id, string key, string name)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(key));
        return OtherActivation.Commits(
            world, id, new CustomerCommand.EditProfile { Name = new(name) },
            new StoredReply(hash, hash, (short)ReplyCode.Ok, 2, "{}"u8.ToArray()));
    }
}
