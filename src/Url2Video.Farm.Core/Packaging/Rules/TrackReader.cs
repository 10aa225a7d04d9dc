using System.Collections.Immutable;
using Url2Video.Farm.Core.Packaging.Cmaf;

namespace Url2Video.Farm.Core.Packaging.Rules;

/// <summary>Segment after segment of one track: each held against the one before, and what all of them say together.</summary>
internal sealed class TrackReader(LintContext context, FragmentInit init)
{
    private readonly ImmutableArray<TrackSegment>.Builder _segments = ImmutableArray.CreateBuilder<TrackSegment>();
    private uint? _number;
    private long _frameTicks;
    private readonly ImmutableArray<string>.Builder _open = ImmutableArray.CreateBuilder<string>();
    private long _samples;
    private bool _isEven = true;

    /// <summary>False when its times cannot be meant, which is reported.</summary>
    public bool Add(Fragment segment, string path, ReadOnlySpan<byte> file)
    {
        var isTime = segment.DecodeTime <= long.MaxValue / 4 && segment.DecodeTime / init.Timescale <= Limits.LintMediaSecondsMax;
        context.Require(isTime, LintRules.Negative, path, $"starts at {segment.DecodeTime}, which is less than 0 or later than any clock");
        if (!isTime)
        {
            return false;
        }

        foreach (var number in segment.Numbers)
        {
            context.Require(_number is null || number > _number, LintRules.Sequence, path, $"has the number {number} after {_number}");
            _number = number;
        }

        _frameTicks = _segments.Count == 0 ? segment.Samples[0].Duration : _frameTicks;
        _samples += segment.Samples.Length;
        Place(segment, path, file.Length);
        if (init.Kind == MediaKind.Video)
        {
            CheckPictures(segment, path, file);
        }

        return true;
    }

    public Track ToTrack(string name) => new(name, init, _frameTicks, _isEven && init.Kind == MediaKind.Video, _samples, _segments.ToImmutable()) { Open = _open.ToImmutable() };

    // Composition order must be the frames without a gap: sorted times form one run, equally late in every segment.
    private void Place(Fragment segment, string path, long bytes)
    {
        var before = _segments.Count == 0 ? null : _segments[^1];
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
        if (init.Kind != MediaKind.Text)
        {
            CheckEven(segment, shown, before?.Shift ?? shift, shift, path);
        }

        _segments.Add(new TrackSegment(path, start, time - start, shift, bytes));
    }

    private void CheckEven(Fragment segment, List<long> shown, long shiftBefore, long shift, string path)
    {
        var isPlaced = shiftBefore == shift;
        context.Require(isPlaced, LintRules.Even, path, $"shows its first picture {shift} ticks after decoding it, the segment before {shiftBefore}");
        var isEven = true;
        for (var index = 1; index < shown.Count; index++)
        {
            isEven &= shown[index] - shown[index - 1] == segment.Samples[0].Duration;
        }

        context.Require(isEven, LintRules.Even, path, "shows its samples at unequal distances");
        _isEven &= isPlaced && isEven && segment.Samples[0].Duration == _frameTicks;
    }

    private void CheckPictures(Fragment segment, string path, ReadOnlySpan<byte> file)
    {
        // Whether it must be one, a playlist or a manifest says.
        const uint NoSync = 0x1_0000;
        var isOpen = (segment.Samples[0].Flags & NoSync) != 0;
        switch (init.Entry)
        {
            case "av01":
                CheckUnits(segment, path, file);
                break;
            case "avc1" or "avc3" or "hvc1" or "hev1":
                isOpen |= !CheckNals(segment, path, file, isHevc: init.Entry[0] == 'h');
                break;
        }

        if (isOpen)
        {
            _open.Add(path);
        }
    }

    private void CheckUnits(Fragment segment, string path, ReadOnlySpan<byte> file)
    {
        const int TemporalDelimiter = 2;
        foreach (var sample in segment.Samples)
        {
            if (sample.Bytes == 0)
            {
                context.Report(LintRules.Boxes, path, "has a picture without a byte", "a picture in every sample");
            }
            else
            {
                context.Require((file[(int)sample.Offset] >> 3 & 0xF) != TemporalDelimiter, LintRules.Delimiter, path, "carries a temporal delimiter");
            }
        }
    }

    // Whether the first picture is an IDR.
    private bool CheckNals(Fragment segment, string path, ReadOnlySpan<byte> file, bool isHevc)
    {
        var (isFirst, startsClosed, mayCarry) = (true, false, init.Entry is "avc3" or "hev1");
        foreach (var sample in segment.Samples)
        {
            var units = new BoxReader(file.Slice((int)sample.Offset, (int)sample.Bytes));
            var hasIdr = false;
            while (!units.IsAtEnd)
            {
                var unit = units.Take(Length(ref units));
                var type = unit.IsEmpty ? -1 : isHevc ? unit[0] >> 1 & 0x3F : AnnexB.TypeOf(unit);
                hasIdr |= isHevc ? type is 19 or 20 : type == AvcNal.IdrSlice;
                var isSet = isHevc ? type is 32 or 33 or 34 : type is AvcNal.Sps or AvcNal.Pps;
                context.Require(mayCarry || !isSet, LintRules.InBand, path, "carries a parameter set in band");
            }

            startsClosed |= isFirst && hasIdr;
            isFirst = false;
        }

        return startsClosed;
    }

    private long Length(ref BoxReader units)
    {
        var length = 0L;
        foreach (var part in units.Take(init.LengthBytes))
        {
            length = length << 8 | part;
        }

        return length;
    }
}
