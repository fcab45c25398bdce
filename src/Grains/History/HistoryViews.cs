using System.Collections.Immutable;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using CustomerGrains.Domain.Customers;
using CustomerGrains.GrainInterfaces;
using CustomerGrains.Storage.Access;
using CustomerGrains.Storage.Audit;
using CustomerGrains.Storage.Customers;
using CustomerGrains.Storage.Journal;

namespace CustomerGrains.Grains.History;

/// <summary>Renders what was recorded as the API's JSON.</summary>
internal static class HistoryViews
{
    // The answer is application/json, never part of a page: letters need no escapes.
    private static readonly AuditViewJson Json =
        new(new JsonSerializerOptions(AuditViewJson.Default.Options)
        {
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        });

    public static byte[] History(ImmutableArray<HistoryItemView> items, string? next) =>
        JsonSerializer.SerializeToUtf8Bytes(new HistoryList(items, next), Json.HistoryList);

    /// <summary>As in the journal; <c>unreadable</c> for what is none of ours.</summary>
    public static string KindOf(CustomerEvent? happened) =>
        happened is null ? "unreadable" : JournalKinds.ByType[happened.GetType()];

    /// <param name="customerId">Whose journal it is.</param>
    /// <param name="happened">Null when the row is damaged.</param>
    /// <param name="reader">Whose id is shown; null: everybody's.</param>
    public static HistoryItemView Item(
        Guid customerId, HistoryRow row, CustomerEvent? happened, Guid? reader) => new(
        row.Sequence,
        KindOf(happened),
        row.At.UtcDateTime,
        new ActorView(
            reader is null || reader == row.ActorId ? row.ActorId : null,
            CallerRoles.NameOf((CallerRole)row.ActorRole)),
        Reason(happened, reader),
        happened is null
            ? []
            :
            [
                .. CustomerHistory.ChangesOf(happened).Select(
                    change => new ChangeView(change.Field, Node(change.Old), Node(change.New))),
            ],
        row.IsSealed,
        customerId);

    private static string? Reason(CustomerEvent? happened, Guid? reader)
    {
        if (happened is null) return null;
        return reader is null
            ? CustomerHistory.ReasonOf(happened)
            : CustomerHistory.PublicReasonOf(happened);
    }

    public static byte[] AccessLog(
        ImmutableArray<RecordedAccess> items, string? next, bool showsReaders) =>
        JsonSerializer.SerializeToUtf8Bytes(
            new AccessLogList([.. items.Select(item => View(item, showsReaders))], next),
            Json.AccessLogList);

    private static AccessView View(RecordedAccess access, bool showsReader) => new(
        access.Place.Id,
        showsReader ? access.By : null,
        access.Role,
        access.BranchId,
        access.Purpose,
        access.Fields,
        access.Place.At.UtcDateTime);

    private static JsonNode? Node(object? value) => value switch
    {
        null => null,
        string text => JsonValue.Create(text),
        Guid id => JsonValue.Create(id.ToString()),
        bool flag => JsonValue.Create(flag),
        int number => JsonValue.Create(number),
        long number => JsonValue.Create(number),
        decimal amount => JsonValue.Create(amount.ToString("0.00", CultureInfo.InvariantCulture)),
        Gender word => JsonValue.Create(word.Name()),
        AccountStatus word => JsonValue.Create(word.Name()),
        BarScope word => JsonValue.Create(word.Name()),
        DateTimeOffset time => JsonValue.Create(time.UtcDateTime),
        CustomerTier word => JsonValue.Create(word.Name()),
        OrderStatus word => JsonValue.Create(word.Name()),
        NotificationPreferences wanted => new JsonObject(wanted.Members.Select(
            one => KeyValuePair.Create(one.Key, (JsonNode?)JsonValue.Create(one.Value)))),
        _ => throw new InvalidOperationException($"A change of type {value.GetType().Name}."),
    };
}
