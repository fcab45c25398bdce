using CustomerGrains.Api.Problems;

namespace CustomerGrains.Api.Requests;

/// <summary><c>?confirm_active_order=true</c>.</summary>
internal static class Confirmation
{
    public const string Name = "confirm_active_order";

    public static bool IsGiven(HttpRequest request) => request.Query[Name] is ["true"];

    /// <returns>Null when absent or well-formed.</returns>
    public static Problem? Check(HttpRequest request) => request.Query[Name] switch
    {
        [] or ["true"] or ["false"] => null,
        _ => Problem.Of(ProblemKinds.InvalidMember, Name, "Expected true or false."),
    };
}
