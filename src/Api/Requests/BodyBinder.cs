using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Unicode;
using CustomerGrains.Api.Problems;
using CustomerGrains.GrainInterfaces;

namespace CustomerGrains.Api.Requests;

/// <summary>From bytes to a contract record, or to what is wrong with them, in this order: not
/// JSON, unknown members, read-only members, wrong JSON types.</summary>
internal static class BodyBinder
{
    /// <summary>Most members named in one answer.</summary>
    private const int NamedMembersMax = 20;

    /// <summary>Longest name repeated in an answer, in characters.</summary>
    private const int NameLengthMax = 64;

    private static readonly JsonDocumentOptions Options = new()
    {
        MaxDepth = 16,
        AllowDuplicateProperties = false,
    };

    /// <returns>Null when <paramref name="bound"/> holds the record.</returns>
    public static Problem? Bind<T>(BodyShape<T> shape, ReadOnlyMemory<byte> body, out T? bound)
    {
        bound = default;
        if (body.IsEmpty && shape.IsOptional) body = "{}"u8.ToArray();
        using var document = Parse(body);
        if (document is null || document.RootElement.ValueKind is not JsonValueKind.Object)
            return new Problem(ProblemKinds.MalformedBody);
        if (CheckNames(shape, document.RootElement) is { } refusal) return refusal;

        var reader = new MemberReader(document.RootElement);
        bound = shape.Read(reader);
        return reader.IsClean
            ? null
            : new Problem(ProblemKinds.InvalidMember) { Errors = reader.Errors };
    }

    private static JsonDocument? Parse(ReadOnlyMemory<byte> body)
    {
        if (!Utf8.IsValid(body.Span)) return null;
        try
        {
            var document = JsonDocument.Parse(body, Options);
            if (HasReadableNames(document.RootElement)) return document;
            document.Dispose();
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // The latter for a member name with half a surrogate pair.
        }

        return null;
    }

    /// <summary>Reads every name once, so that none can throw later.</summary>
    private static bool HasReadableNames(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().All(
            member => !member.Name.Contains('\0') && HasReadableNames(member.Value)),
        JsonValueKind.Array => element.EnumerateArray().All(HasReadableNames),
        _ => true,
    };

    private static Problem? CheckNames(BodyShape shape, JsonElement members)
    {
        if (Offenders(members, shape, static (shape, name) => shape.IsUnknown(name))
            is { Length: > 0 } unknown)
            return Refuse(ProblemKinds.UnknownMember, unknown, "There is no such member.");
        if (UnknownInside(shape, members) is { Length: > 0 } inside)
            return Refuse(ProblemKinds.UnknownMember, inside, "There is no such member.");
        if (Offenders(members, shape, static (shape, name) => shape.IsReadOnly(name))
            is { Length: > 0 } readOnly)
            return Refuse(ProblemKinds.ReadOnlyMember, readOnly, "This member cannot be set here.");
        return null;
    }

    /// <summary>Members of members, as <c>contact.fax</c>.</summary>
    private static ImmutableArray<string> UnknownInside(BodyShape shape, JsonElement members)
    {
        foreach (var parent in shape.Members)
        {
            if (parent.Kind is not (MemberKind.Object or MemberKind.Objects)
                || !members.TryGetProperty(parent.Name, out var value))
                continue;
            foreach (var (path, inside) in ObjectsOf(parent, value))
            {
                var unknown = Offenders(inside, parent,
                    static (parent, name) => parent.Members.All(m => m.Name != name));
                if (unknown.Length > 0) return Within(path, unknown);
            }
        }

        return [];
    }

    private static ImmutableArray<string> Within(string parent, ImmutableArray<string> names) =>
        [.. names.Select(name => $"{parent}.{name}")];

    private static IEnumerable<(string Path, JsonElement Value)> ObjectsOf(
        Member parent, JsonElement value) => (parent.Kind, value.ValueKind) switch
    {
        (MemberKind.Object, JsonValueKind.Object) => [(parent.Name, value)],
        (MemberKind.Objects, JsonValueKind.Array) => value.EnumerateArray()
            .Select((item, i) => ($"{parent.Name}[{i}]", item))
            .Where(one => one.item.ValueKind is JsonValueKind.Object),
        _ => [],
    };

    private static ImmutableArray<string> Offenders<T>(
        JsonElement members, T of, Func<T, string, bool> isOne)
    {
        ImmutableArray<string> offenders = [];
        foreach (var member in members.EnumerateObject())
        {
            var name = member.Name;
            if (!isOne(of, name)) continue;
            offenders = offenders.Add(name.Length > NameLengthMax ? name[..NameLengthMax] : name);
            if (offenders.Length == NamedMembersMax) break;
        }

        return offenders;
    }

    private static Problem Refuse(ProblemKind kind, ImmutableArray<string> names, string message) =>
        new(kind) { Errors = [.. names.Select(name => new MemberError(name, message))] };
}
