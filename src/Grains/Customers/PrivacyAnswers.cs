using System.Text;
using System.Text.Json;
using CustomerGrains.Domain.Customers;
using CustomerGrains.GrainInterfaces;

namespace CustomerGrains.Grains.Customers;

/// <summary>Renders what customers are told about erasure and export.</summary>
internal static class PrivacyAnswers
{
    /// <param name="customer">With a wish to be forgotten, perhaps fulfilled.</param>
    public static byte[] Erasure(Customer customer, DateTimeOffset now)
    {
        var erasure = customer.Erasure!;
        var waits = customer.WaitsOfErasure(now);
        var state = erasure.IsDone ? "done" : waits.IsEmpty ? "grace" : "deferred";
        // An order's end is not known; an undo's is.
        var runsAt = waits.Select(w => w.Until ?? erasure.RunsAt)
            .Append(erasure.RunsAt).Max();
        return JsonSerializer.SerializeToUtf8Bytes(
            new ErasureView(state, runsAt.UtcDateTime, [.. waits.Select(View)]),
            PrivacyViewJson.Default.ErasureView);
    }

    public static byte[] Started(Guid exportId) => JsonSerializer.SerializeToUtf8Bytes(
        new ExportStartView(exportId, "running"), PrivacyViewJson.Default.ExportStartView);

    /// <param name="document">JSON as it was stored; copied, not parsed. Null: none.</param>
    public static byte[] Export(Guid exportId, string state, byte[]? document)
    {
        var head = Encoding.UTF8.GetBytes(
            $$"""{"export_id":"{{exportId}}","state":"{{state}}","document":""");
        return [.. head, .. document ?? "null"u8, (byte)'}'];
    }

    private static ErasureWaitView View(ErasureWait wait) => new(
        wait.Kind switch
        {
            ErasureWaitKind.ActiveOrder => "active_order",
            ErasureWaitKind.ContactUndo => "contact_undo",
            ErasureWaitKind.OpenMerge => "merge",
            _ => throw new ArgumentOutOfRangeException(nameof(wait)),
        },
        wait.OrderId,
        wait.Until?.UtcDateTime);
}
