namespace CustomerGrains.GrainInterfaces;

public partial interface ICustomerGrain
{
    /// <summary>Records that an administrator has seen who the customer is, or no longer believes
    /// it; answers a <see cref="VerificationView"/>. The same again changes nothing. Refusals:
    /// InvalidMember, CustomerNotFound.</summary>
    [Alias("Verify")]
    Task<Reply> Verify(VerificationDraft draft, CommandContext context);
}
