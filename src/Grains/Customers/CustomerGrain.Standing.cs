using CustomerGrains.Domain;
using CustomerGrains.Domain.Customers;
using CustomerGrains.GrainInterfaces;

namespace CustomerGrains.Grains.Customers;

/// <summary>What the service comes to hold of a customer.</summary>
internal sealed partial class CustomerGrain
{
    /// <summary>Who was loaded so lately was loaded for the review.</summary>
    private static readonly TimeSpan JustLoaded = TimeSpan.FromSeconds(1);

    public Task<Reply> Verify(VerificationDraft draft, CommandContext context)
    {
        if (Survivor is { } survivor) return survivor.Verify(draft, context);
        var parsed = Parse(draft, context.Caller.Id);
        return _loaded is null
            ? NotFound(parsed)
            : Perform(context, parsed, Views.Verification);
    }

    public async Task<Reply> Review(CommandContext context)
    {
        if (_loaded is null) return await Nobody(ReplyCode.CustomerNotFound);
        var reply = await Perform(context, new(new CustomerCommand.Review()), _ => []);
        // A pass over all customers must not leave them all in memory.
        if (time.GetElapsedTime(_loadedAt) < JustLoaded) DeactivateOnIdle();
        return reply;
    }

    private static Parsed Parse(VerificationDraft draft, Guid by)
    {
        var v = new Validation();
        if (draft.IsVerified is null) v.Refuse("is_verified", "Required.");
        var evidence = TextRules.Paragraph(
            v, "evidence", draft.Evidence, Limits.ReasonTextLengthMax);
        if (evidence is null && draft.IsVerified == true)
            v.Refuse("evidence", "Required, unless the verification is withdrawn.");
        var comment = TextRules.Paragraph(
            v, "comment", draft.Comment, Limits.ReasonTextLengthMax);
        return v.IsClean
            ? new(new CustomerCommand.Verify(draft.IsVerified!.Value, evidence, comment, by))
            : new(null, v.Errors);
    }
}
