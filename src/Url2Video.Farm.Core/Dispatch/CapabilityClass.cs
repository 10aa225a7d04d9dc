using System.Collections.Immutable;

namespace Url2Video.Farm.Core.Dispatch;

/// <summary>
/// One distinct set of needs. Jobs that need the same are alike to the dispatcher, so no queue is searched for a fitting job.
/// </summary>
internal sealed class CapabilityClass(string key, ImmutableArray<string> needs)
{
    public string Key { get; } = key;

    public ImmutableArray<string> Needs { get; } = needs;

    /// <summary>Lanes with jobs, the one to be served next first.</summary>
    public SortedSet<Lane> Waiting { get; } = new(ByPass);

    /// <summary>Node profiles that satisfy the needs, the least capable first: plain work leaves rare nodes free.</summary>
    public List<NodeProfile> Profiles { get; } = [];

    private static Comparer<Lane> ByPass { get; } = Comparer<Lane>.Create(static (a, b) =>
        a.Project.Pass != b.Project.Pass ? a.Project.Pass.CompareTo(b.Project.Pass) : a.Project.Order.CompareTo(b.Project.Order));
}
