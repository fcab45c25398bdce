using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using CustomerGrains.Domain.Customers;
using CustomerGrains.GrainInterfaces;
using CustomerGrains.Storage.Search;
using ContactChannel = CustomerGrains.Domain.Customers.ContactChannel;

namespace CustomerGrains.Grains.Search;

/// <summary>Renders what administrators find as the API's JSON.</summary>
internal static class SearchAnswers
{
    // The answer is application/json, never part of a page: letters need no escapes.
    private static readonly SearchViewJson Json =
        new(new JsonSerializerOptions(SearchViewJson.Default.Options)
        {
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        });

    public static byte[] Customers(IReadOnlyList<FoundCustomer> found, string? next) =>
        JsonSerializer.SerializeToUtf8Bytes(
            new CustomerList([.. found.Select(View)], next), Json.CustomerList);

    private static FoundCustomerView View(FoundCustomer customer) => new(
        customer.Id,
        customer.Name,
        Masked(ContactChannel.Phone, customer.Phone),
        Masked(ContactChannel.Email, customer.Email),
        customer.Status,
        customer.Tier,
        customer.Segment,
        customer.TotalSpend.ToString("0.00", CultureInfo.InvariantCulture),
        customer.CreatedAt.UtcDateTime);

    private static string? Masked(ContactChannel channel, string? contact) =>
        contact is null ? null : ContactMask.Of(channel, contact);
}
