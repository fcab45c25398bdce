using System.Text.Json;

namespace CustomerGrains.Api.Tests.Http;

internal static class AddressJson
{
    public static Guid Id(this JsonElement address) => address.GetProperty("id").GetGuid();

    public static bool IsDefault(this JsonElement address) =>
        address.GetProperty("is_default").GetBoolean();
}
