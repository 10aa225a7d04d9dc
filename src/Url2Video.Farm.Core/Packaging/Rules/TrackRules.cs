using System.Collections.Immutable;
using Url2Video.Farm.Core.Packaging.Cmaf;

namespace Url2Video.Farm.Core.Packaging.Rules;

/// <summary>Rules 7, 8, 20, 21 and 22: what must hold inside the media files. Every track is read once.</summary>
internal sealed class TrackRules(LintContext context)
{
    private static readonly string[] s_initBrands = ["cmfc", "cmf2"], s_segmentBrands = ["cmfs", "cmfl", "cmff"];

    private readonly Dictionary<string, Track?> _tracks = [];

    /// <summary>The track made of these files of the package; null when one is unreadable, which is then reported.</summary>
    public Track? Read(string initPath, IReadOnlyList<string> segmentPaths)
    {
        if (!_tracks.TryGetValue(initPath, out var track))
        {
            _tracks[initPath] = track = TryRead(initPath, segmentPaths);
        }

        return track;
    }

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

            var (segments, frame, number) = (ImmutableArray.CreateBuilder<TrackSegment>(), 0L, 0u);
            foreach (var (segmentPath, index) in segmentPaths.Select((p, i) => (p, i)))
            {
                path = segmentPath;
                if (context.Read(path) is not { } bytes)
                {
                    return null;
                }

                var segment = new FragmentReader(init).Read(bytes.Span);
                context.Require(segment.DecodeTime < long.MaxValue / 2, LintRules.Negative, path, $"starts at {segment.DecodeTime}, which is less than 0 or beyond 2^62");
                if (segment.DecodeTime >= long.MaxValue / 2)
                {
                    return null;
                }

                number = CheckSegment(segment, path, index == 0 ? null : number);
                segments.Add(Place(init, segment, path, bytes.Length, segments.Count == 0 ? null : segments[^1]));
                frame = index == 0 ? segment.Samples[0].Duration : frame;
                if (init.Kind == TrackKind.Video)
                {
                    CheckPictures(init.Entry, segment, path, bytes.Span);
                }
            }

            return new Track(initPath, init, frame, segments.ToImmutable());
        }
        catch (InvalidDataException e)
        {
            context.Report(LintRules.Boxes, path, e.Message);
            return null;
        }
    }

    private void CheckInit(FragmentInit init, string path)
    {
        context.Require(init.Brands.Intersect(s_initBrands).Any(), LintRules.Brand, path, $"has the brands {string.Join(", ", init.Brands)}", "cmfc");
        context.Require(init.Tracks == 1, LintRules.Shape, path, $"has {init.Tracks} tracks", "1 track");
        context.Require(init.HasPlainEdits, LintRules.EditList, path, "has an empty edit or several edits");
    }

    private uint CheckSegment(Fragment segment, string path, uint? before)
    {
        context.Require(segment.Brands.Intersect(s_segmentBrands).Any(), LintRules.Brand, path, $"has the brands {string.Join(", ", segment.Brands)}", "cmfs");
        foreach (var (rule, what) in segment.Faults)
        {
            context.Report(rule, path, what);
        }

        foreach (var number in segment.Numbers)
        {
            context.Require(before is null || number > before, LintRules.Sequence, path, $"has the number {number} after {before}");
            before = number;
        }

        return before ?? 0;
    }

    // Composition order must be the frames without a gap: sorted times form one run, equally late in every segment.
    private TrackSegment Place(FragmentInit init, Fragment segment, string path, long bytes, TrackSegment? before)
    {
        var (start, time) = ((long)segment.DecodeTime, (long)segment.DecodeTime);
        if (before is not null)
        {
            var wanted = before.DecodeTime + before.Duration;
            context.Require(start == wanted, LintRules.DecodeTime, path, $"starts at {start}", $"{wanted}, where the segment before ends");
        }

        var shown = new List<long>(segment.Samples.Length);
        foreach (var sample in segment.Samples)
        {
            shown.Add(time + sample.Composition);
            time += sample.Duration;
        }

        shown.Sort();
        var shift = shown[0] - start - init.MediaTime;
        context.Require(before is null || before.Shift == shift, LintRules.Even, path, $"shows its first picture {shift} ticks after decoding it, the segment before {before?.Shift}");
        var isEven = shown.Zip(shown.Skip(1)).All(pair => pair.Second - pair.First == segment.Samples[0].Duration);
        context.Require(isEven, LintRules.Even, path, "shows its samples at unequal distances");
        return new TrackSegment(path, start, time - start, shift, bytes);
    }

    private void CheckPictures(string entry, Fragment segment, string path, ReadOnlySpan<byte> file)
    {
        const uint NoSync = 0x1_0000;
        context.Require((segment.Samples[0].Flags & NoSync) == 0, LintRules.KeyFrame, path, "does not start with a key frame");
        if (entry == "av01")
        {
            const int TemporalDelimiter = 2;
            foreach (var sample in segment.Samples)
            {
                context.Require(sample.Bytes > 0 && (file[(int)sample.Offset] >> 3 & 0xF) != TemporalDelimiter, LintRules.InBand, path, "carries a temporal delimiter");
            }
        }

        if (entry is not ("avc1" or "hvc1"))
        {
            return;
        }

        var (isHevc, isFirst) = (entry == "hvc1", true);
        foreach (var sample in segment.Samples)
        {
            var units = new BoxReader(file.Slice((int)sample.Offset, (int)sample.Bytes));
            var hasIdr = false;
            while (!units.IsAtEnd)
            {
                var unit = units.Take(units.U32());
                var type = unit.IsEmpty ? -1 : isHevc ? unit[0] >> 1 & 0x3F : AnnexB.TypeOf(unit);
                hasIdr |= isHevc ? type is 19 or 20 : type == AvcNal.IdrSlice;
                context.Require(!(isHevc ? type is 32 or 33 or 34 : type is AvcNal.Sps or AvcNal.Pps), LintRules.InBand, path, "carries a parameter set in band");
            }

            context.Require(!isFirst || hasIdr, LintRules.KeyFrame, path, "does not start with an IDR picture");
            isFirst = false;
        }
    }
}
