using System.Collections.Immutable;

namespace Url2Video.Farm.Core.Dispatch;

/// <summary>One distinct set of capabilities, with the nodes that have exactly it.</summary>
internal sealed class NodeProfile(string key, ImmutableArray<string> capabilities)
{
    private readonly HashSet<string> _has = new(capabilities, StringComparer.Ordinal);

    public string Key { get; } = key;

    public int Capabilities => _has.Count;

    /// <summary>The classes it can serve.</summary>
    public List<CapabilityClass> Classes { get; } = [];

    /// <summary>Nodes with a free slot, the one with most first.</summary>
    public SortedSet<KnownNode> Free { get; } = new(ByRoom);

    public int Nodes { get; set; }

    public bool Satisfies(CapabilityClass @class) => @class.Needs.All(_has.Contains);

    private static Comparer<KnownNode> ByRoom { get; } = Comparer<KnownNode>.Create(static (a, b) =>
        a.FreeSlots != b.FreeSlots ? b.FreeSlots.CompareTo(a.FreeSlots) : string.CompareOrdinal(a.Id.Node.Value, b.Id.Node.Value));
}

/// <summary>A node as it last described itself.</summary>
internal sealed class KnownNode(NodeIncarnation id, NodeProfile profile)
{
    public NodeIncarnation Id { get; } = id;

    public NodeProfile Profile { get; private set; } = profile;

    public long Sequence { get; set; }

    public DateTimeOffset SeenAt { get; set; }

    public int FreeSlots { get; private set; }

    /// <summary>Assignments under way to it.</summary>
    public int Pending { get; set; }

    /// <summary>Keeps the order of <see cref="NodeProfile.Free"/> true: a key must not change while it is in the set.</summary>
    public void Describe(NodeProfile profile, int freeSlots)
    {
        Profile.Free.Remove(this);
        (Profile, FreeSlots) = (profile, freeSlots);
        if (freeSlots > 0)
        {
            Profile.Free.Add(this);
        }
    }
}
