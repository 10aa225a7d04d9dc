using System.Collections.Immutable;

namespace Url2Video.Farm.Core.Packaging.Rules;

/// <summary>Rules 7, 8, 20, 21 and 22: what must hold inside the media files. Every list of segments is read once, however many name it.</summary>
internal sealed class TrackRules(LintContext context)
{
    private static readonly string[] s_initBrands = ["cmfc", "cmf2"], s_segmentBrands = ["cmfs", "cmfl", "cmff"];

    // Two lists may share an init and have other segments: another language, or the same pictures cut off earlier.
    private readonly Dictionary<string, List<(IReadOnlyList<string> Segments, Track? Track)>> _tracks = [];

    /// <summary>The track made of these files of the package; null when one is unreadable, which is then reported.</summary>
    public Track? Read(string initPath, IReadOnlyList<string> segmentPaths)
    {
        if (!_tracks.TryGetValue(initPath, out var known))
        {
            _tracks[initPath] = known = [];
        }

        foreach (var (segments, track) in known)
        {
            if (segments.SequenceEqual(segmentPaths))
            {
                return track;
            }
        }

        if (!context.IsWithin(known.Count + 1, Limits.LintListsPerInitMax, initPath, "lists of other segments"))
        {
            return null;
        }

        var read = TryRead(initPath, segmentPaths);
        known.Add((segmentPaths, read));
        return read;
    }

    /// <summary>Every track of pictures that was read.</summary>
    public IEnumerable<LintTrack> Pictures() => _tracks.Values.SelectMany(t => t).Select(t => t.Track).OfType<Track>().Where(t => t.IsVideo)
        .Select(t => new LintTrack(t.Name, [.. t.Segments.Select(s => s.Path)], t.Samples, t.Init.Entry));

    private Track? TryRead(string initPath, IReadOnlyList<string> segmentPaths)
    {
        var path = initPath;
        try
        {
            if (segmentPaths.Count == 0 || context.Read(initPath) is not { } head)
            {
                return null;
            }

            var init = FragmentInit.Read(head.Span);
            CheckInit(init, initPath);
            if (init.IsEncrypted)
            {
                context.Report(LintRules.NotJudged, initPath, $"is encrypted ({init.Entry})", "media in the clear");
                return null;
            }

            var reader = new TrackReader(context, init);
            foreach (var segmentPath in segmentPaths)
            {
                path = segmentPath;
                if (context.Read(path) is not { } bytes)
                {
                    return null;
                }

                var segment = new FragmentReader(init, context.Budget).Read(bytes.Span);
                CheckSegment(segment, path);
                if (!reader.Add(segment, path, bytes.Span))
                {
                    return null;
                }
            }

            return reader.ToTrack(initPath);
        }
        catch (InvalidDataException e)
        {
            context.Report(LintRules.Boxes, path, e.Message);
            return null;
        }
        catch (LintSpentException e)
        {
            context.Report(LintRules.TooMuch, path, e.Message, "what one package has");
            return null;
        }
    }

    private void CheckInit(FragmentInit init, string path)
    {
        context.Require(init.Brands.Intersect(s_initBrands).Any(), LintRules.Brand, path, $"has the brands {string.Join(", ", init.Brands)}", "cmfc");
        context.Require(init.Tracks == 1, LintRules.Shape, path, $"has {init.Tracks} tracks", "1 track");
        context.Require(init.HasPlainEdits, LintRules.EditList, path, "has an empty edit or several edits");
        context.Require(init.Entry is not ("avc3" or "hev1"), LintRules.EntryType, path, $"has the sample entry {init.Entry}", init.Entry == "avc3" ? "avc1" : "hvc1");
    }

    private void CheckSegment(Fragment segment, string path)
    {
        context.Require(segment.Brands.Intersect(s_segmentBrands).Any(), LintRules.Brand, path, $"has the brands {string.Join(", ", segment.Brands)}", "cmfs");
        foreach (var (rule, what) in segment.Faults)
        {
            context.Report(rule, path, what);
        }
    }
}
