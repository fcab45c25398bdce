using System.Net;
using System.Text;
using System.Text.Json;
using Shouldly;

namespace CustomerGrains.Api.Tests.Http;

/// <summary>One HTTP answer, read to the end.</summary>
internal sealed class Answer(HttpResponseMessage response, byte[] body)
{
    public HttpStatusCode Status => response.StatusCode;

    public byte[] Body => body;

    public string Text => Encoding.UTF8.GetString(body);

    public JsonElement Json => JsonDocument.Parse(body).RootElement;

    public string? ContentType => response.Content.Headers.ContentType?.MediaType;

    /// <summary>A problem's code.</summary>
    public string? Code => Json.GetProperty("code").GetString();

    public bool IsReplay => Header("Idempotent-Replayed") == "true";

    public string? Header(string name) =>
        response.Headers.TryGetValues(name, out var values)
        || response.Content.Headers.TryGetValues(name, out values)
            ? string.Join(", ", values)
            : null;

    /// <summary>Of all headers, in order.</summary>
    public string[] HeaderNames =>
        [.. response.Headers.Concat(response.Content.Headers).Select(h => h.Key).Order()];

    public string Member(string name) => Json.GetProperty(name).ToString();

    /// <summary>Names in a problem's <c>errors</c>.</summary>
    public string[] ErrorNames =>
        [.. Json.GetProperty("errors").EnumerateObject().Select(error => error.Name)];

    public Answer ShouldBe(HttpStatusCode status)
    {
        Status.ShouldBe(status, Text);
        return this;
    }

    /// <summary>Checks the form of every problem beside its status and code.</summary>
    public Answer ShouldBeProblem(int status, string code, params string[] errors)
    {
        ((int)Status).ShouldBe(status, Text);
        ContentType.ShouldBe("application/problem+json");
        Code.ShouldBe(code);
        Member("type").ShouldBe("/problems/" + code);
        Json.GetProperty("status").GetInt32().ShouldBe(status);
        Member("title").ShouldNotBeEmpty();
        Member("detail").ShouldNotBeEmpty();
        Member("trace_id").Length.ShouldBe(32);
        if (errors.Length > 0) ErrorNames.ShouldBe(errors, ignoreOrder: true);
        return this;
    }

    /// <summary>The body without what differs from request to request.</summary>
    public string WithoutTraceId() =>
        Text.Replace(Member("trace_id"), "", StringComparison.Ordinal);
}
