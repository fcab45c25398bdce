using System.Collections.Immutable;

namespace CustomerGrains.Domain.Customers;

/// <summary>What each sign weighs in a customer's risk: a pure function of how often each was
/// seen.</summary>
public sealed class RiskRules
{
    public const int ScoreMax = 100;

    // First: the rules below are made of it.
    private static readonly RiskSign[] Signs = Enum.GetValues<RiskSign>();

    public static readonly RiskRules AsDelivered = new(1, new Dictionary<RiskSign, RiskWeight>
    {
        [RiskSign.OtpFailures] = new(4, 5, 30),
        [RiskSign.ContactChanges] = new(10, 2, 30),
        [RiskSign.ContactUndos] = new(25, 0, 50),
        [RiskSign.CancelledOrders] = new(4, 2, 30),
        [RiskSign.FailedOrders] = new(8, 1, 40),
        [RiskSign.AddressChanges] = new(2, 10, 20),
        [RiskSign.Merges] = new(5, 1, 15),
        [RiskSign.UnderageOrders] = new(15, 0, 45),
        [RiskSign.DeliveredOrders] = new(1, 0, 20),
    });

    private readonly RiskWeight[] _weights;

    /// <param name="version">Told with every score.</param>
    /// <param name="weights">A sign without weight does not count.</param>
    public RiskRules(int version, IReadOnlyDictionary<RiskSign, RiskWeight> weights)
    {
        Version = version;
        _weights = [.. Signs.Select(sign => weights.GetValueOrDefault(sign))];
    }

    public int Version { get; }

    public RiskWeight this[RiskSign sign] => _weights[(int)sign];

    /// <summary>0 to <see cref="ScoreMax"/>.</summary>
    public int ScoreOf(Customer customer)
    {
        // Most customers have no signs at all.
        if (customer.Standing.Risks == RiskCounts.None) return 0;
        var sum = 0;
        foreach (var sign in Signs) sum += PointsOf(sign, CountOf(sign, customer));
        return Math.Clamp(sum, 0, ScoreMax);
    }

    /// <summary>What the score is made of, the weightiest first: the points add up to it, within
    /// its bounds.</summary>
    public ImmutableArray<RiskReason> ReasonsOf(Customer customer) =>
    [
        .. Signs.Select(sign => ReasonOf(sign, CountOf(sign, customer)))
            .Where(reason => reason.Points != 0)
            .OrderByDescending(reason => reason.Points),
    ];

    private RiskReason ReasonOf(RiskSign sign, int count) =>
        new(sign, PointsOf(sign, count), count);

    private static int CountOf(RiskSign sign, Customer customer) =>
        sign == RiskSign.DeliveredOrders
            ? customer.Profile.TotalOrders
            : customer.Standing.Risks[sign];

    private int PointsOf(RiskSign sign, int count)
    {
        var points = _weights[(int)sign].PointsOf(count);
        return sign == RiskSign.DeliveredOrders ? -points : points;
    }
}

/// <param name="Points">For each time.</param>
/// <param name="Free">Times that do not count.</param>
/// <param name="Max">Points at most.</param>
public readonly record struct RiskWeight(int Points, int Free, int Max)
{
    public int PointsOf(int count) => (int)Math.Min(Max, (long)Math.Max(0, count - Free) * Points);
}

/// <param name="Points">Negative when it speaks for the customer.</param>
public readonly record struct RiskReason(RiskSign Sign, int Points, int Count);
