using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace CustomerGrains.Api.Requests;

/// <summary>Texts that can be stored and sent on. JSON can spell what Unicode cannot: half a
/// surrogate pair; and PostgreSQL stores no U+0000.</summary>
internal static class Unicode
{
    public static bool TryRead(JsonElement value, [NotNullWhen(true)] out string? text)
    {
        text = null;
        if (value.ValueKind is not JsonValueKind.String) return false;
        try
        {
            text = value.GetString();
        }
        catch (InvalidOperationException)
        {
            return false; // How the parser reports half a surrogate pair.
        }

        return text is not null && !text.Contains('\0');
    }
}
