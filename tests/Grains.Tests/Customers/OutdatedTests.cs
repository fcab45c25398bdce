using CustomerGrains.GrainInterfaces;
using CustomerGrains.Storage.Contacts;
using CustomerGrains.Tests.Support;
using Shouldly;
using Xunit;
using static CustomerGrains.Domain.Customers.CustomerCommand;

namespace CustomerGrains.Grains.Tests.Customers;

/// <summary>Another activation, of a silo that was given up, has written after this one was loaded.
/// Whatever this one answers without a commit, no fence looks at; so it looks itself.</summary>
public sealed class OutdatedTests(PostgresFixture postgres)
{
    [Fact]
    public async Task Undo_WithATokenTheActivationDoesNotKnow_IsTriedAgainAndSucceeds()
    {
        await using var world = await ContactChangeWorld.Start(postgres);
        var (old, @new) = (world.NewPhone(), world.NewPhone());
        var id = await world.SignUp(old);
        var (change, _) = await world.Request(id, @new);
        var undo = world.Silo.Service<ChangeSecrets>().NewToken(id);
        await OtherActivation.Commits(world, id, new VerifyContactChange(change, true, undo.Hash, default));

        var refused = () => world.Undoing.Undo(new(undo.Text), ContactChangeWorld.NewId());
        await Should.ThrowAsync<TryAgainException>(refused);
        (await refused()).Code.ShouldBe(ReplyCode.Ok);

        (await world.Profile(id)).GetProperty("phone").GetString().ShouldBe(old);
    }

    [Fact]
    public async Task Read_RefusedForABarThatIsLifted_IsTriedAgainAndAnswered()
    {
        await using var world = await ContactChangeWorld.Start(postgres);
        var id = await world.SignUp(world.NewPhone());
        var staff = new Caller(Guid.NewGuid(), CallerRole.Admin, 0);
        (await world.Grain(id).Bar(
            new BarDraft { ReasonCode = "abuse" }, new(ContactChangeWorld.NewId(), staff)))
            .Code.ShouldBe(ReplyCode.Ok);
        await OtherActivation.Commits(world, id, new LiftBar("A mistake.", staff.Id));

        var read = async () => await world.Grain(id).GetProfile(world.Context(id).Caller);
        await Should.ThrowAsync<TryAgainException>(read);
        (await read()).Code.ShouldBe(ReplyCode.Ok);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("key")]
    public async Task Command_WithNothingToDoInTheOldState_IsTriedAgainAndDone(string? key)
    {
        await using var world = await ContactChangeWorld.Start(postgres);
        var id = await world.SignUp(world.NewPhone());
        var edit = new ProfileEdit { Name = Patch<string>.To("Ann") };
        (await world.Grain(id).EditProfile(edit, world.Context(id))).Version.ShouldBe(2);
        await OtherActivation.Commits(world, id, new EditProfile { Name = new("Bob") });

        var again = () => world.Grain(id).EditProfile(edit, world.Context(id, key));
        await Should.ThrowAsync<TryAgainException>(again);
        (await again()).Version.ShouldBe(4);
        (await world.Profile(id)).GetProperty("name").GetString().ShouldBe("Ann");
    }

    [Fact]
    public async Task Refusal_ThatNoStateCanChange_DoesNotLook()
    {
        await using var world = await ContactChangeWorld.Start(postgres);
        var id = await world.SignUp(world.NewPhone());
        await OtherActivation.Commits(world, id, new EditProfile { Name = new("Bob") });

        var reply = await world.Grain(id).EditProfile(
            new ProfileEdit { Gender = Patch<string>.To("?") }, world.Context(id));

        reply.Code.ShouldBe(ReplyCode.InvalidMember);
        (await world.Profile(id)).GetProperty("version").GetInt64().ShouldBe(1);
    }
}
