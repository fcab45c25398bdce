using CustomerGrains.Domain.Customers;
using CustomerGrains.Storage.Customers;
using CustomerGrains.Storage.Sealing;
using Npgsql;

namespace CustomerGrains.Storage.Bars;

/// <summary>The bar in a customer's row; columns in the order of <c>load_customers.sql</c>.
/// </summary>
internal static class BarColumns
{
    /// <param name="first">Where the bar's columns begin.</param>
    /// <returns>Null when the customer has none.</returns>
    public static Bar? Read(NpgsqlDataReader r, int first, DataKey key) => r.IsDBNull(first)
        ? null
        : new Bar
        {
            Kind = StoredWords.ParseBarKind(r.GetString(first)) ?? throw Unknown(),
            Scope = StoredWords.ParseBarScope(r.GetString(first + 1)) ?? throw Unknown(),
            ReasonCode = r.GetString(first + 2),
            Comment = key.OpenText(SealedColumn.BarComment, r.BytesOrNull(first + 3)),
            PublicReason = key.OpenText(SealedColumn.BarPublicReason, r.BytesOrNull(first + 4)),
            Until = r.TimeOrNull(first + 5),
            By = r.GetGuid(first + 6),
        };

    private static InvalidOperationException Unknown() =>
        new("The database holds an unknown kind or scope of a bar.");
}
