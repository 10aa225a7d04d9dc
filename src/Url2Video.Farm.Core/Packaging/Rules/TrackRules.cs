using System.Collections.Immutable;
using Url2Video.Farm.Core.Packaging.Cmaf;

namespace Url2Video.Farm.Core.Packaging.Rules;

/// <summary>Rules 7, 8, 20, 21, 22 and 24: what must hold inside the media files. Every track is read once.</summary>
internal sealed class TrackRules(PackageFiles files, ImmutableArray<RuleViolation>.Builder found)
{
    private readonly Dictionary<string, Track?> _tracks = [];

    /// <summary>The track made of these files; null when one is missing or unreadable, which is then reported.</summary>
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
        var missing = segmentPaths.Prepend(initPath).Where(p => !files.Paths.Contains(p)).ToList();
        missing.ForEach(path => Report(24, path, "is named, but does not exist"));
        if (missing.Count > 0)
        {
            return null;
        }

        var path = initPath;
        try
        {
            var init = CmafReader.ReadInit(files.Read(initPath).Span);
            Require(init.Brands.Contains("cmfc"), 20, initPath, "lacks the brand cmfc");
            var segments = ImmutableArray.CreateBuilder<TrackSegment>();
            var next = 0UL;
            foreach (var (segmentPath, index) in segmentPaths.Select((p, i) => (p, i)))
            {
                path = segmentPath;
                var bytes = files.Read(path);
                var segment = CmafReader.ReadSegment(bytes.Span);
                CheckSegment(init, segment, path, index, next);
                if (init.Kind == TrackKind.Video)
                {
                    CheckPictures(init.Codecs, segment, path, bytes.Span);
                }

                segments.Add(new TrackSegment(path, segment.DecodeTime, segment.Duration, bytes.Length));
                next = segment.DecodeTime + segment.Duration;
            }

            return new Track(initPath.Split('/')[^2], init, segments.ToImmutable());
        }
        catch (InvalidDataException e)
        {
            Report(20, path, e.Message);
            return null;
        }
    }

    private void CheckSegment(CmafInit init, CmafSegment segment, string path, int index, ulong expectedTime)
    {
        Require(segment.Brands.Contains("cmfs"), 20, path, "lacks the brand cmfs");
        Require(segment.Sequence == index + 1, 20, path, $"has the number {segment.Sequence} in place of {index + 1}");
        Require(segment.DecodeTime <= long.MaxValue, 22, path, "starts before zero");
        Require(segment.DecodeTime == expectedTime, 8, path, $"starts at {segment.DecodeTime} in place of {expectedTime}");

        // Composition order must be the frames without a gap: sorted times form one run that starts at tfdt + media time.
        var time = segment.DecodeTime;
        var shown = new List<ulong>();
        foreach (var sample in segment.Samples)
        {
            shown.Add(time + sample.CompositionOffset);
            time += sample.Duration;
        }

        shown.Sort();
        var start = segment.DecodeTime + (init.Kind == TrackKind.Video ? init.MediaTime : 0);
        Require(shown[0] == start, 8, path, $"shows its first sample at {shown[0]} in place of {start}");
        var isEven = shown.Zip(shown.Skip(1)).All(pair => pair.Second - pair.First == segment.Samples[0].Duration);
        Require(isEven, 8, path, "does not show its samples at equal distances");
    }

    private void CheckPictures(string codecs, CmafSegment segment, string path, ReadOnlySpan<byte> file)
    {
        Require(segment.Samples[0].Flags == SegmentBoxes.SyncSample, 7, path, "does not start with a key frame");
        if (codecs.StartsWith("av01", StringComparison.Ordinal))
        {
            foreach (var sample in segment.Samples)
            {
                const int TemporalDelimiter = 2;
                Require(sample.Bytes > 0 && (file[sample.Offset] >> 3 & 0xF) != TemporalDelimiter, 21, path, "carries a temporal delimiter");
            }

            return;
        }

        var isHevc = codecs.StartsWith("hvc1", StringComparison.Ordinal);
        Require(isHevc || CmafReader.IsIdr(file, segment.Samples[0]), 7, path, "does not start with an IDR picture");
        foreach (var sample in segment.Samples)
        {
            var units = new BoxReader(file.Slice(sample.Offset, sample.Bytes));
            while (!units.IsAtEnd)
            {
                var unit = units.Take(units.U32());
                var isParameterSet = unit.Length > 0 && (isHevc ? (unit[0] >> 1 & 0x3F) is 32 or 33 or 34 : AnnexB.TypeOf(unit) is AvcNal.Sps or AvcNal.Pps);
                Require(!isParameterSet, 21, path, "carries a parameter set in band");
            }
        }
    }

    private void Require(bool isTrue, int rule, string path, string what)
    {
        if (!isTrue)
        {
            Report(rule, path, what);
        }
    }

    private void Report(int rule, string path, string what) => found.Add(new RuleViolation(rule, path, what));
}
