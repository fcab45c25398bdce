namespace CustomerGrains.Api.Problems;

internal static class ProblemPages
{
    private static readonly Dictionary<string, ProblemKind> ByCode =
        ProblemKinds.All.ToDictionary(kind => kind.Code);

    public static void UseProblems(this WebApplication app) =>
        app.UseMiddleware<ProblemMiddleware>();

    /// <summary>What a problem's <c>type</c> points to.</summary>
    public static IResult Describe(string code) => ByCode.TryGetValue(code, out var kind)
        ? Results.Text($"{kind.Code} (HTTP {kind.Status})\n{kind.Title}\n\n{kind.Detail}\n")
        : new Problem(ProblemKinds.NotFound);
}
