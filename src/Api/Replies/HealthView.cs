namespace CustomerGrains.Api.Replies;

/// <param name="Status"><c>live</c> or <c>ready</c>.</param>
internal sealed record HealthView(string Status);
