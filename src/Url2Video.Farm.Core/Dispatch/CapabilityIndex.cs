using System.Collections.Immutable;

namespace Url2Video.Farm.Core.Dispatch;

/// <summary>Interns need-sets and capability sets, and knows which satisfy which; worked out once for each new pair.</summary>
internal sealed class CapabilityIndex
{
    private readonly Dictionary<string, CapabilityClass> _classes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, NodeProfile> _profiles = new(StringComparer.Ordinal);

    /// <returns>Null when there are too many classes already.</returns>
    public CapabilityClass? ClassOf(ImmutableArray<string> needs)
    {
        var key = KeyOf(needs);
        if (_classes.TryGetValue(key, out var found))
        {
            return found;
        }

        if (_classes.Count >= Limits.CapabilityClassesMax)
        {
            return null;
        }

        var added = new CapabilityClass(key, needs);
        _classes.Add(key, added);
        foreach (var profile in _profiles.Values.Where(p => p.Satisfies(added)))
        {
            Connect(added, profile);
        }

        return added;
    }

    public NodeProfile ProfileOf(ImmutableArray<string> capabilities)
    {
        var key = KeyOf(capabilities);
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
        foreach (var profile in _profiles.Values.Where(p => p.Nodes == 0).ToList())
        {
            _profiles.Remove(profile.Key);
            profile.Classes.ForEach(c => c.Profiles.Remove(profile));
        }

        var gone = _classes.Values.Where(c => c.Waiting.Count == 0).ToHashSet();
        foreach (var @class in gone)
        {
            _classes.Remove(@class.Key);
            @class.Profiles.ForEach(p => p.Classes.Remove(@class));
        }

        return gone;
    }

    // Sorted, so that nothing depends on the order in which classes and profiles were first seen.
    private static void Connect(CapabilityClass @class, NodeProfile profile)
    {
        profile.Classes.Add(@class);
        profile.Classes.Sort(static (a, b) => string.CompareOrdinal(a.Key, b.Key));
        @class.Profiles.Add(profile);
        @class.Profiles.Sort(static (a, b) =>
            a.Capabilities != b.Capabilities ? a.Capabilities.CompareTo(b.Capabilities) : string.CompareOrdinal(a.Key, b.Key));
    }

    // The words are sorted by contract; they are stable identifiers without line breaks.
    private static string KeyOf(ImmutableArray<string> words) => words.IsDefaultOrEmpty ? "" : string.Join('\n', words);
}
