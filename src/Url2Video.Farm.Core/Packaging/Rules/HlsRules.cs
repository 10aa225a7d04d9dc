using System.Collections.Immutable;

namespace Url2Video.Farm.Core.Packaging.Rules;

/// <summary>Master playlists: everything they name, each in its own way; and playlists that no master names.</summary>
internal sealed class HlsRules
{
    private readonly LintContext _context;
    private readonly MediaPlaylistRules _playlists;
    private readonly TrickPlayRules _trickPlay;
    private readonly CaptionRules _captions;
    private readonly HlsVariantRules _variants;
    private readonly HlsRenditionRules _renditions;
    private readonly HashSet<string> _named = [];

    public HlsRules(LintContext context, TrackRules tracks)
    {
        (_context, _playlists) = (context, new MediaPlaylistRules(context, tracks));
        (_trickPlay, _captions) = (new TrickPlayRules(context, _playlists), new CaptionRules(context, _playlists, tracks));
        (_variants, _renditions) = (new HlsVariantRules(context), new HlsRenditionRules(context));
    }

    /// <param name="paths">All playlists that there are.</param>
    public void Check(IReadOnlyList<string> paths)
    {
        var texts = paths.Select(_playlists.Read).OfType<HlsText>().ToList();
        foreach (var master in texts.Where(t => t.IsMaster))
        {
            _named.Add(master.Path);
            if (_context.TakesManifest(master.Path))
            {
                CheckMaster(master);
            }
        }

        foreach (var alone in texts.Where(t => !_named.Contains(t.Path)))
        {
            CheckAlone(alone);
        }
    }

    private void CheckAlone(HlsText text)
    {
        if (text.Has("#EXT-X-I-FRAMES-ONLY"))
        {
            _trickPlay.CheckIFrames(text.Path);
        }
        else if (text.Has("#EXT-X-IMAGES-ONLY"))
        {
            _trickPlay.CheckImages(text.Path);
        }
        else if (text.Lines.FirstOrDefault(l => l[0] != '#')?.Split('?')[0] is { } first && (first.EndsWith(".vtt", StringComparison.OrdinalIgnoreCase) || first.EndsWith(".webvtt", StringComparison.OrdinalIgnoreCase)))
        {
            _captions.Check(text.Path, filmSeconds: null);
        }
        else if (_playlists.Media(text.Path) is not { Track.IsVideo: false } and not { Wrapping: Wrapping.PackedAudio })
        {
            _context.Require(text.Has("#EXT-X-INDEPENDENT-SEGMENTS"), LintRules.Independent, text.Path, "lacks EXT-X-INDEPENDENT-SEGMENTS");
        }
    }

    private void CheckMaster(HlsText master)
    {
        string[] tags = ["#EXT-X-MEDIA", "#EXT-X-STREAM-INF", "#EXT-X-I-FRAME-STREAM-INF", "#EXT-X-IMAGE-STREAM-INF"];
        if (!_context.IsWithin(tags.Sum(master.Count), Limits.LintTracksMax, master.Path, "renditions and variants"))
        {
            return;
        }

        var isDeclared = master.Has("#EXT-X-INDEPENDENT-SEGMENTS");
        _context.Require(isDeclared, LintRules.Independent, master.Path, "lacks EXT-X-INDEPENDENT-SEGMENTS");
        var renditions = master.Entries("#EXT-X-MEDIA").Select(e => e.Attributes).ToList();
        _renditions.CheckAttributes(master, renditions);
        var groups = new AudioGroups();
        var together = new List<MediaPlaylist>();
        foreach (var attributes in renditions.Where(a => a.GetValueOrDefault("TYPE") == "AUDIO"))
        {
            var sound = Named(master, attributes.GetValueOrDefault("URI"));
            groups.Add(attributes, sound);
            together.AddRange(sound is null ? [] : [sound]);
            _renditions.CheckChannels(master, attributes, sound?.Track);
        }

        together.AddRange(CheckVariants(master, renditions, groups, isDeclared));
        var each = together.DistinctBy(m => m.Text.Path).ToList();
        _renditions.CheckTogether(master, each);
        CheckTrickPlay(master);
        CheckCaptions(master, renditions, each);
    }

    private List<MediaPlaylist> CheckVariants(HlsText master, List<ImmutableDictionary<string, string>> renditions, AudioGroups groups, bool isDeclared)
    {
        var variants = master.Entries("#EXT-X-STREAM-INF").ToList();
        var playlists = new List<MediaPlaylist>();
        foreach (var (attributes, uri) in variants)
        {
            var playlist = Named(master, uri);
            _variants.CheckAttributes(master, attributes, uri, playlist);
            _renditions.CheckGroups(master, attributes, uri, renditions);
            if (playlist is null)
            {
                continue;
            }

            playlists.Add(playlist);
            var isSound = HlsVariantRules.IsSound(attributes, playlist);
            _context.Require(isDeclared || isSound || playlist.Text.Has("#EXT-X-INDEPENDENT-SEGMENTS"), LintRules.IndependentMedia, playlist.Text.Path, "lacks EXT-X-INDEPENDENT-SEGMENTS, as its master does");
            if (playlist.Track is { } track)
            {
                _variants.CheckMedia(master, attributes, playlist, track, groups.Of(attributes));
            }
        }

        _context.Require(variants.Count > 1, LintRules.ManyRates, master.Path, "has one variant");
        return playlists;
    }

    private void CheckTrickPlay(HlsText master)
    {
        var entries = master.Entries("#EXT-X-I-FRAME-STREAM-INF").Select(e => e.Attributes).ToList();
        _context.Require(entries.Count > 0, LintRules.IFrames, master.Path, "has no EXT-X-I-FRAME-STREAM-INF");
        foreach (var attributes in entries)
        {
            var uri = attributes.GetValueOrDefault("URI");
            _context.Require(attributes.ContainsKey("CODECS") && attributes.ContainsKey("RESOLUTION"), LintRules.IFrameAttributes, master.Path, $"lacks CODECS or RESOLUTION for the I-frames of {uri}");
            _context.Require(attributes.ContainsKey("BANDWIDTH"), LintRules.Bandwidth, master.Path, $"lacks BANDWIDTH for the I-frames of {uri}");
            if (Find(master, uri) is { } path)
            {
                _trickPlay.CheckIFrames(path);
            }
        }

        foreach (var (attributes, _) in master.Entries("#EXT-X-IMAGE-STREAM-INF"))
        {
            if (Find(master, attributes.GetValueOrDefault("URI")) is { } path)
            {
                _trickPlay.CheckImages(path);
            }
        }
    }

    // As long as what is known of the film: the media, or what their playlists say; nothing while it grows.
    private void CheckCaptions(HlsText master, List<ImmutableDictionary<string, string>> renditions, List<MediaPlaylist> each)
    {
        decimal? film = each.Count > 0 && each.All(m => m.Text.IsEnded) ? each.Max(m => m.Track?.End ?? m.Seconds) : null;
        foreach (var captions in renditions.Where(a => a.GetValueOrDefault("TYPE") == "SUBTITLES"))
        {
            if (Find(master, captions.GetValueOrDefault("URI")) is { } path)
            {
                _captions.Check(path, film);
            }
        }
    }

    private MediaPlaylist? Named(HlsText master, string? uri) => Find(master, uri) is { } path ? _playlists.Media(path) : null;

    private string? Find(HlsText master, string? uri)
    {
        var path = uri is null ? null : _context.Find(master.Path, uri);
        if (path is not null)
        {
            _named.Add(path);
        }

        return path;
    }
}
