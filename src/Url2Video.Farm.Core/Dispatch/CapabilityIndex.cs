using System.Collections.Immutable;

namespace Url2Video.Farm.Core.Dispatch;

/// <summary>Interns classes of jobs and capability sets, and knows which satisfy which; worked out once for each new pair.</summary>
internal sealed class CapabilityIndex(Func<string, NamedLimit> limitOf)
{
    private readonly Dictionary<string, CapabilityClass> _classes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, NodeProfile> _profiles = new(StringComparer.Ordinal);
    private int _avoiding;

    public IReadOnlyCollection<CapabilityClass> Classes => _classes.Values;

    public IReadOnlyCollection<NodeProfile> Profiles => _profiles.Values;

    /// <returns>Null when there are too many classes already.</returns>
    public CapabilityClass? ClassOf(DispatchMessage.Offer offer)
    {
        var avoid = offer.Avoid;
        var key = KeyOf(offer.Needs, offer.Limits, avoid);
        if (_classes.TryGetValue(key, out var found))
        {
            return found;
        }

        if (!avoid.IsEmpty && _avoiding >= Limits.AvoidClassesMax)
        {
            return ClassOf(offer with { Avoid = [] }); // A wish, not a need.
        }

        if (_classes.Count >= Limits.CapabilityClassesMax)
        {
            return null;
        }

        _avoiding += avoid.IsEmpty ? 0 : 1;
        var added = new CapabilityClass(key, NeedsOf(offer.Needs), [.. offer.Limits.Select(limitOf)], avoid);
        _classes.Add(key, added);
        foreach (var limit in added.Limits)
        {
            limit.Classes.Add(added);
        }

        foreach (var profile in _profiles.Values.Where(p => p.Satisfies(added)))
        {
            Connect(added, profile);
        }

        return added;
    }

    public NodeProfile ProfileOf(ImmutableArray<string> capabilities)
    {
        var key = KeyOf(capabilities, [], []);
        if (!_profiles.TryGetValue(key, out var profile))
        {
            _profiles.Add(key, profile = new NodeProfile(key, capabilities));
            foreach (var @class in _classes.Values.Where(profile.Satisfies))
            {
                Connect(@class, profile);
            }
        }

        return profile;
    }

    /// <summary>Forgets what nobody uses.</summary>
    /// <returns>The classes that are gone.</returns>
    public HashSet<CapabilityClass> Sweep()
    {
        foreach (var profile in _profiles.Values.Where(p => p.Nodes.Count == 0).ToList())
        {
            _profiles.Remove(profile.Key);
            profile.Classes.ForEach(c => c.Profiles.Remove(profile));
        }

        var gone = _classes.Values.Where(c => c is { Queued: 0, MakingRoom: 0 }).ToHashSet();
        foreach (var @class in gone)
        {
            _avoiding -= @class.Avoid.IsEmpty ? 0 : 1;
            _classes.Remove(@class.Key);
            @class.Profiles.ForEach(p => p.Classes.Remove(@class));
            Array.ForEach(@class.Limits, l => l.Classes.Remove(@class));
        }

        return gone;
    }

    public static ImmutableArray<Need> NeedsOf(ImmutableArray<string> words) => words.IsDefaultOrEmpty ? [] : [.. words.Select(Need.Parse)];

    // Sorted, so that nothing depends on the order in which classes and profiles were first seen.
    private static void Connect(CapabilityClass @class, NodeProfile profile)
    {
        profile.Classes.Add(@class);
        profile.Classes.Sort(static (a, b) => string.CompareOrdinal(a.Key, b.Key));
        @class.Profiles.Add(profile);
        @class.Profiles.Sort((a, b) =>
            Rarity(@class, a) != Rarity(@class, b) ? Rarity(@class, a).CompareTo(Rarity(@class, b)) : string.CompareOrdinal(a.Key, b.Key));
    }

    private static long Rarity(CapabilityClass @class, NodeProfile profile) =>
        (!@class.IsGpu && profile.Has.HasGpu ? 1L << 32 : 0) + profile.Has.Count;

    // The words are sorted by contract; they are stable identifiers without line breaks.
    private static string KeyOf(ImmutableArray<string> words, ImmutableArray<string> limits, ImmutableArray<NodeId> avoid)
    {
        var key = words.IsDefaultOrEmpty ? "" : words.Length == 1 ? words[0] : string.Join('\n', words);
        return limits.IsEmpty && avoid.IsEmpty ? key : $"{key}\n\n{string.Join('\n', limits)}\n\n{string.Join('\n', avoid.Select(a => a.Value).Order(StringComparer.Ordinal))}";
    }
}
