using System.Collections.Immutable;

namespace Url2Video.Farm.Core.Packaging.Rules;

/// <summary>Which sounds can be heard with a variant.</summary>
internal sealed class AudioGroups
{
    private readonly Dictionary<string, Sounds> _groups = [];

    public void Add(ImmutableDictionary<string, string> rendition, MediaPlaylist? playlist)
    {
        // Without a URI the sound is in the variant's own files.
        var (id, isOwn) = (rendition.GetValueOrDefault("GROUP-ID", ""), rendition.ContainsKey("URI"));
        var before = _groups.GetValueOrDefault(id, new Sounds([], true));
        _groups[id] = new Sounds(playlist?.Track is { } track && !before.Tracks.Contains(track) ? before.Tracks.Add(track) : before.Tracks, before.AreAllRead && (!isOwn || playlist?.Track is not null));
    }

    public Sounds Of(ImmutableDictionary<string, string> variant) =>
        variant.TryGetValue("AUDIO", out var group) ? _groups.GetValueOrDefault(group, new Sounds([], false)) : new Sounds([], true);

    /// <param name="AreAllRead">False when what is heard with a variant is not known: then its rates are not either.</param>
    internal sealed record Sounds(ImmutableArray<Track> Tracks, bool AreAllRead);
}
