using System.Collections.Immutable;

namespace Url2Video.Farm.Core.Dispatch;

/// <summary>One distinct set of capabilities, with the nodes that have exactly it.</summary>
internal sealed class NodeProfile(string key, ImmutableArray<string> capabilities)
{
    public string Key { get; } = key;

    public CapabilitySet Has { get; } = new(capabilities);

    /// <summary>The classes it can serve.</summary>
    public List<CapabilityClass> Classes { get; } = [];

    /// <summary>Nodes with room, the one with most first.</summary>
    public SortedSet<KnownNode> Free { get; } = new(ByRoom);

    public HashSet<KnownNode> Nodes { get; } = [];

    /// <summary>Nodes that take on work at all: neither quarantined nor drained.</summary>
    public int Usable { get; set; }

    /// <summary>What runs here of the low band, the latest begun first: whom to ask for room.</summary>
    public SortedSet<Hold> Victims { get; } = new(Comparer<Hold>.Create(static (a, b) =>
        a.StartedAt != b.StartedAt ? b.StartedAt.CompareTo(a.StartedAt) : b.Order.CompareTo(a.Order)));

    public bool Satisfies(CapabilityClass @class) => @class.Needs.All(Has.Has);

    private static Comparer<KnownNode> ByRoom { get; } = Comparer<KnownNode>.Create(static (a, b) =>
        a.Room != b.Room ? b.Room.CompareTo(a.Room) : string.CompareOrdinal(a.Id.Node.Value, b.Id.Node.Value));
}

/// <summary>A node as it last described itself.</summary>
internal sealed class KnownNode
{
    private bool _isUsable;

    public KnownNode(NodeIncarnation id, NodeProfile profile, NodeHealth health)
    {
        (Id, Profile, Health) = (id, profile, health);
        Amounts = new NodeAmounts(profile.Has);
        profile.Nodes.Add(this);
    }

    public NodeIncarnation Id { get; }

    public NodeProfile Profile { get; private set; }

    public NodeHealth Health { get; }

    public NodeAmounts Amounts { get; private set; }

    public Dictionary<HoldKey, Hold> Holds { get; } = [];

    public long Sequence { get; set; }

    public DateTimeOffset SeenAt { get; set; }

    /// <summary>Slots it has free or works in, by its last word.</summary>
    public int Slots { get; set; }

    /// <summary>Slots it would fill, less what is under way to it.</summary>
    public int FreeSlots { get; private set; }

    /// <summary>Grants it may get now: <see cref="FreeSlots"/>, but none in quarantine and one at a time on probation.</summary>
    public int Room { get; private set; }

    /// <summary>Assignments under way to it that it has not named yet.</summary>
    public int Pending { get; set; }

    /// <summary>Jobs it would hold in reserve still, as it said last.</summary>
    public int ReserveRoom { get; set; }

    /// <summary>It stands in the dispatcher's line of nodes that want reserves.</summary>
    public bool IsHungry { get; set; }

    public bool IsDraining { get; set; }

    /// <summary>Slots that were emptied for urgent work.</summary>
    public int Earmarked { get; set; }

    /// <summary>Keeps the order of <see cref="NodeProfile.Free"/> true: a key must not change while it is in the set.</summary>
    public void Describe(int freeSlots)
    {
        Profile.Free.Remove(this);
        FreeSlots = freeSlots;
        var usable = !IsDraining && Health.Standing != Standing.Quarantined && !Health.IsDrained;
        Profile.Usable += (usable ? 1 : 0) - (_isUsable ? 1 : 0);
        _isUsable = usable;
        Room = !usable ? 0 : Health.Standing == Standing.Probation ? Math.Min(freeSlots, Holds.Count == 0 ? 1 : 0) : freeSlots;
        if (Room > 0)
        {
            Profile.Free.Add(this);
        }
    }

    public bool IsUsable => _isUsable;

    public void Move(NodeProfile profile)
    {
        if (profile == Profile)
        {
            return;
        }

        Leave();
        Profile = profile;
        profile.Nodes.Add(this);
        profile.Usable += _isUsable ? 1 : 0;
        Amounts = new NodeAmounts(profile.Has);
        foreach (var hold in Holds.Values)
        {
            Amounts.Take(hold);
            if (hold is { MayMakeRoom: true, Stage: HoldStage.Running, PreemptedAt: null })
            {
                profile.Victims.Add(hold);
            }
        }
    }

    /// <summary>Out of its profile for good; its holds must have left it before.</summary>
    public void Leave()
    {
        Profile.Free.Remove(this);
        Profile.Usable -= _isUsable ? 1 : 0;
        Profile.Nodes.Remove(this);
        foreach (var hold in Holds.Values)
        {
            Profile.Victims.Remove(hold);
        }
    }
}
