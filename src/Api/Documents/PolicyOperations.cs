using CustomerGrains.Api.Problems;
using CustomerGrains.Api.Requests;
using CustomerGrains.GrainInterfaces;

namespace CustomerGrains.Api.Documents;

/// <summary>Operations about policies, as clients read about them.</summary>
internal static class PolicyOperations
{
    public static readonly Operation GetCategoryAges =
        Get("CategoryAges", "Minimum ages by category");

    public static readonly Operation ReplaceCategoryAges =
        Replace("CategoryAges", "Replace the minimum ages", PolicyShapes.CategoryAges);

    public static readonly Operation GetTiers = Get("Tiers", "What tiers ask for");

    public static readonly Operation ReplaceTiers =
        Replace("Tiers", "Replace what tiers ask for", PolicyShapes.Tiers);

    public static readonly Operation GetCompletion =
        Get("Completion", "What a complete profile holds");

    public static readonly Operation ReplaceCompletion =
        Replace("Completion", "Replace what a complete profile holds", PolicyShapes.Completion);

    public static readonly Operation GetRisk = Get("Risk", "What signs of risk weigh");

    public static readonly Operation ReplaceRisk =
        Replace("Risk", "Replace what signs of risk weigh", PolicyShapes.Risk);

    private static Operation Get(string name, string summary) => new("get" + name, summary)
    {
        Answer = (200, typeof(PolicyView)),
    };

    private static Operation Replace(string name, string summary, BodyShape<PolicyDraft> body) =>
        new("replace" + name, summary)
        {
            Description =
                "The whole document, from the version that was read. Takes effect within seconds; "
                + "what was decided before stays. Former versions are kept.",
            Body = body,
            Answer = (200, typeof(PolicyView)),
            Refusals = [ProblemKinds.VersionMismatch],
        };
}
