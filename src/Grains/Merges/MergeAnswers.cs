using System.Collections.Immutable;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using CustomerGrains.Domain.Customers;
using CustomerGrains.GrainInterfaces;
using CustomerGrains.Storage.Customers;
using ContactChannel = CustomerGrains.Domain.Customers.ContactChannel;

namespace CustomerGrains.Grains.Merges;

/// <summary>Merges as the API's JSON, and exports as they travel between silos.</summary>
internal static class MergeAnswers
{
    // The answer is application/json, never part of a page: letters need no escapes.
    private static readonly MergeViewJson Json =
        new(new JsonSerializerOptions(MergeViewJson.Default.Options)
        {
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        });

    public static byte[] Export(Customer customer) =>
        JsonSerializer.SerializeToUtf8Bytes(MergeExport.Of(customer));

    public static MergeExport ReadExport(byte[] export) =>
        JsonSerializer.Deserialize<MergeExport>(export)!;

    public static byte[] Merge(MergeProgress progress) =>
        Render(Json.MergeView, new MergeView(progress.MergeId, progress.State));

    public static byte[] Link(MergeProgress progress) => Render(
        Json.LinkView, new LinkView(progress.MergeId, progress.State, progress.Blockers));

    public static byte[] PendingLink(Guid linkId) =>
        Render(Json.LinkView, new LinkView(linkId, "pending", []));

    public static byte[] LinkStart(Guid linkId, DateTimeOffset expiresAt) =>
        Render(Json.LinkStartView, new LinkStartView(linkId, expiresAt.UtcDateTime));

    public static byte[] Preview(
        ImmutableArray<MergeBlockerView> blockers,
        Customer? survivor,
        MergeExport? redundant,
        TierRules rules) =>
        Render(Json.MergePreviewView, new MergePreviewView(
            blockers,
            survivor is null || redundant is null || survivor.Id == redundant.CustomerId
                ? null
                : Result(survivor, redundant, rules)));

    public static ImmutableArray<MergeBlockerView> Blockers(
        ImmutableArray<MergeBlocker> blockers) => blockers.IsDefaultOrEmpty
            ? []
            : [.. blockers.Select(b => new MergeBlockerView(Code(b.Obstacle), b.CustomerId))];

    private static MergeResultView Result(
        Customer survivor, MergeExport redundant, TierRules rules)
    {
        var orders = survivor.Profile.TotalOrders + redundant.Orders;
        var spend = Math.Min(
            survivor.Profile.TotalSpend + redundant.Spend, Domain.Limits.TotalSpendMax);
        var earned = rules.Of(orders, spend);
        return new MergeResultView(
            survivor.Id,
            redundant.CustomerId,
            Masked(ContactChannel.Phone),
            Masked(ContactChannel.Email),
            survivor.Addresses.Length + redundant.Addresses.Length,
            orders,
            spend.ToString("0.00", CultureInfo.InvariantCulture),
            (earned > survivor.Profile.Tier ? earned : survivor.Profile.Tier).Name());

        string? Masked(ContactChannel channel) =>
            (survivor.ContactOn(channel) ?? redundant.ContactOn(channel)) is { } contact
                ? ContactMask.Of(channel, contact)
                : null;
    }

    private static string Code(MergeObstacle obstacle) => obstacle switch
    {
        MergeObstacle.SameCustomer => "same-customer",
        MergeObstacle.CustomerUnknown => "customer-unknown",
        MergeObstacle.AlreadyMerged => "already-merged",
        MergeObstacle.MergeInProgress => "merge-in-progress",
        MergeObstacle.AccountBlocked => "account-blocked",
        MergeObstacle.AccountSuspended => "account-suspended",
        MergeObstacle.ActiveOrders => "active-orders",
        MergeObstacle.ChangePending => "change-pending",
        MergeObstacle.ChangeFrozen => "change-frozen",
        MergeObstacle.ErasurePending => "erasure-pending",
        MergeObstacle.AddressLimit => "address-limit",
        MergeObstacle.MergeLimit => "merge-limit",
        MergeObstacle.ContactInUse => "contact-in-use",
        _ => throw new ArgumentOutOfRangeException(nameof(obstacle)),
    };

    private static byte[] Render<T>(JsonTypeInfo<T> type, T view) =>
        JsonSerializer.SerializeToUtf8Bytes(view, type);
}
