using System.Text;
using System.Text.Json;
using CustomerGrains.Api.Tests.Http;

namespace CustomerGrains.Api.Tests.Fuzz;

/// <summary>What holds for the answer to any request, each rule with its name.</summary>
internal static class FuzzRules
{
    public static readonly string[] Names =
    [
        "no server error", "documented status", "documented media type", "body as described",
        "no body where none is described", "problem form", "valid is not refused for its form",
        "invalid is refused", "no token, no entry", "wrong role, no entry", "method named in Allow",
        "retry after", "first answer again", "gone stays gone", "created is there",
    ];

    private static readonly int[] Forms = [400, 401, 405, 413, 414, 415, 431];

    /// <returns>The names of the rules that are broken, with why.</returns>
    public static IEnumerable<(string Rule, string Why)> Broken(FuzzedCall sent, Answer answer)
    {
        var status = (int)answer.Status;
        if (status >= 500) yield return ("no server error", $"{status}");
        if (sent.Expected == Expected.NoSuchMethod)
        {
            if (status != 405 || answer.Header("Allow") is null)
                yield return ("method named in Allow", $"{status} {answer.Header("Allow")}");
            yield break;
        }

        if (ByDocument(sent, answer) is { } wrong) yield return wrong;
        if (status >= 400 && ProblemForm(answer) is { } form) yield return ("problem form", form);
        if (status is 429 or 503 && answer.Header("Retry-After") is null)
            yield return ("retry after", $"{status} without it");
        if (ByExpectation(sent, answer) is { } unexpected) yield return unexpected;
    }

    private static (string, string)? ByDocument(FuzzedCall sent, Answer answer)
    {
        var status = (int)answer.Status;
        // A strange path may lead to another operation, or to none.
        if (sent.How == "path" && !sent.Operation.Answers.ContainsKey(status)) return null;
        if (!sent.Operation.Answers.TryGetValue(status, out var described))
            return ("documented status", $"{status}");
        if (described is not { } body)
            return answer.Body.Length == 0
                ? null
                : ("no body where none is described", $"{answer.Body.Length} bytes");
        if (answer.ContentType != body.Type)
            return ("documented media type", $"{status} {answer.ContentType}");
        try
        {
            using var document = JsonDocument.Parse(answer.Body);
            return body.Schema.Violation(document.RootElement) is { } violation
                ? ("body as described", $"{status} {violation}")
                : null;
        }
        catch (JsonException)
        {
            return ("body as described", $"{status} no JSON");
        }
    }

    private static string? ProblemForm(Answer answer)
    {
        if (answer.ContentType != "application/problem+json") return $"{answer.ContentType}";
        using var document = JsonDocument.Parse(answer.Body);
        var problem = document.RootElement;
        var code = problem.GetProperty("code").GetString();
        if (problem.GetProperty("status").GetInt32() != (int)answer.Status) return "another status";
        if (problem.GetProperty("type").GetString() != "/problems/" + code) return "another type";
        return problem.GetProperty("trace_id").GetString()!.Length == 32 ? null : "no trace";
    }

    private static (string, string)? ByExpectation(FuzzedCall sent, Answer answer)
    {
        var status = (int)answer.Status;
        return sent.Expected switch
        {
            // Tokens of strangers are no matter of form.
            Expected.GoodForm when Forms.Contains(status)
                && !(status == 401 && sent.Operation.Role is null) =>
                ("valid is not refused for its form", $"{status}"),
            Expected.BadRequest when status is not (400 or 403 or 429) =>
                ("invalid is refused", $"{status}, not 400"),
            Expected.Refusal when status < 400 => ("invalid is refused", $"{status}"),
            Expected.NoEntry when status != 401 => ("no token, no entry", $"{status}"),
            Expected.WrongRole when status != 403 => ("wrong role, no entry", $"{status}"),
            _ => null,
        };
    }

    public static string Describe(FuzzedCall sent, Answer answer)
    {
        var body = sent.Call.Body is null ? "" : Cut(Encoding.UTF8.GetString(sent.Call.Body));
        return $"[{sent.How}] {sent.Call.Method} {Cut(sent.Call.Path)} {body} → {Cut(answer.Text)}";
    }

    private static string Cut(string text) => text.Length > 400 ? text[..400] + "…" : text;
}
