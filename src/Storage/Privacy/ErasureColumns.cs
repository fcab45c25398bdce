using CustomerGrains.Domain.Customers;
using CustomerGrains.Storage.Customers;
using Npgsql;

namespace CustomerGrains.Storage.Privacy;

/// <summary>The wish to be forgotten in a customer's row; columns in the order of
/// <c>load_customers.sql</c>.</summary>
internal static class ErasureColumns
{
    /// <param name="first">Where its columns begin.</param>
    /// <returns>Null when there is none.</returns>
    public static Erasure? Read(NpgsqlDataReader r, int first) => r.TimeOrNull(first) is { } at
        ? new Erasure(at, r.GetFieldValue<DateTimeOffset>(first + 1))
        : null;
}
