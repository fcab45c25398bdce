namespace CustomerGrains.GrainInterfaces;

public partial interface ICustomerGrain
{
    /// <summary>Records that an administrator has seen who the customer is, or no longer believes
    /// it; answers a <see cref="VerificationView"/>. The same again changes nothing. Refusals:
    /// InvalidMember, CustomerNotFound.</summary>
    [Alias("Verify")]
    Task<Reply> Verify(VerificationDraft draft, CommandContext context);

    /// <summary>Brings tier, segment and risk up to today's time and policies. Internal; repeating
    /// is safe. Answers an empty body. Refusals: CustomerNotFound.</summary>
    [Alias("Review")]
    Task<Reply> Review(CommandContext context);
}
