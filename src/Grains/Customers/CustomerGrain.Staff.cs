using CustomerGrains.Domain;
using CustomerGrains.GrainInterfaces;
using CustomerGrains.Storage.Access;

namespace CustomerGrains.Grains.Customers;

/// <summary>What administrators see.</summary>
internal sealed partial class CustomerGrain
{
    private const string AdminRole = "uta";
    private const string AdminPurpose = "administration";

    private static readonly string[] StaffFields =
        ["name", "phone", "email", "gender", "date_of_birth", "addresses"];

    public async Task<Reply> GetForStaff(string? purpose, Caller staff)
    {
        if (Survivor is { } survivor) return await survivor.GetForStaff(purpose, staff);
        var v = new Validation();
        var stated = TextRules.Line(v, "purpose", purpose, Limits.PurposeLengthMax);
        if (!v.IsClean) return Invalid(v.Errors);
        if (_loaded is null) return await Nobody(ReplyCode.CustomerNotFound);

        await orders.Ask(() => Record(staff, stated ?? AdminPurpose));
        return Answer(State, Views.Staff(State, orders.Rules.Current, Now()));
    }

    private async Task<bool> Record(Caller staff, string purpose)
    {
        await orders.Accesses.Record(new AccessEntry(
            staff.Id, AdminRole, State.Id, BranchId: null, OrderId: null, purpose, StaffFields,
            Now()));
        return true;
    }
}
