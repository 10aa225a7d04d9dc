using System.Collections.Immutable;
using Url2Video.Farm.Core.Contracts;

namespace Url2Video.Farm.Core.Dispatch;

/// <summary>
/// One distinct set of needs, limits and nodes to avoid. Jobs of a class are alike to the dispatcher, so no queue is searched for a
/// fitting job.
/// </summary>
internal sealed class CapabilityClass(string key, ImmutableArray<Need> needs, NamedLimit[] limits, ImmutableArray<NodeId> avoid)
{
    public string Key { get; } = key;

    public ImmutableArray<Need> Needs { get; } = needs;

    public Amounts Amounts { get; } = Amounts.Of(needs);

    public NamedLimit[] Limits { get; } = limits;

    public ImmutableArray<NodeId> Avoid { get; } = avoid;

    public bool IsGpu { get; } = needs.Any(n => n.IsGpu);

    /// <summary>Tenants with jobs that may be granted now, by band; the one to be served next first.</summary>
    public SortedSet<TenantLane>[] Waiting { get; } = [.. Bands.InOrder.Select(_ => new SortedSet<TenantLane>(ByPass))];

    /// <summary>Jobs queued, those that may not be granted now included.</summary>
    public int Queued { get; set; }

    /// <summary>Holds that were asked to make room for it.</summary>
    public int MakingRoom { get; set; }

    /// <summary>Node profiles that satisfy the needs. Those without GPU first for work that needs none, then the least capable: plain work leaves rare nodes free.</summary>
    public List<NodeProfile> Profiles { get; } = [];

    public bool HasLane(int band) => Waiting[band].Count > 0;

    private static Comparer<TenantLane> ByPass { get; } = Comparer<TenantLane>.Create(static (a, b) =>
        a.Tenant.Pass != b.Tenant.Pass ? a.Tenant.Pass.CompareTo(b.Tenant.Pass) : a.Tenant.Order.CompareTo(b.Tenant.Order));
}

/// <summary>Bands as indices in the order of their urgency.</summary>
internal static class Bands
{
    public const int Urgent = 0;
    public const int Low = 2;

    public static readonly ImmutableArray<Band> InOrder = [Band.Urgent, Band.Normal, Band.Low];

    /// <summary>A band of a newer farm counts as normal.</summary>
    public static int IndexOf(Band band) => band switch
    {
        Band.Urgent => Urgent,
        Band.Low => Low,
        _ => 1,
    };
}
