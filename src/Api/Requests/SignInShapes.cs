namespace CustomerGrains.Api.Requests;

/// <summary>Where to send a code.</summary>
internal sealed record OtpStart(string? Channel, string? Contact);

/// <summary>The answer to a challenge.</summary>
internal sealed record OtpProof(Guid ChallengeId, string Code);

internal static class SignInShapes
{
    public static readonly BodyShape<OtpStart> Start = new(
        [
            new("channel", MemberKind.Text, "phone or email.", "\"phone\"", Required: true),
            new("contact", MemberKind.Text,
                "Phone number (E.164) or email address.", "\"+919812345678\"", Required: true),
        ],
        readOnly: [],
        members => new OtpStart(members.Text("channel").Value, members.Text("contact").Value));

    public static readonly BodyShape<OtpProof> Proof = new(
        [
            new("challenge_id", MemberKind.Text, "From the sign-in start.",
                "\"01990b3c-5a50-7a2b-9d0e-3a1f7b6c2d11\"", Required: true),
            new("code", MemberKind.Text, "The six digits that were sent.", "\"204816\"", true),
        ],
        readOnly: [],
        members => new OtpProof(
            members.RequiredId("challenge_id"), members.RequiredText("code")));

    public static readonly BodyShape<string> RefreshToken = new(
        [
            new("refresh_token", MemberKind.Text,
                "The latest one of its family.", "\"t7GZ…\"", Required: true),
        ],
        readOnly: [],
        members => members.RequiredText("refresh_token"));

    /// <summary>A body that has nothing to say.</summary>
    public static readonly BodyShape<bool> Nothing = new([], [], _ => true) { IsOptional = true };
}
