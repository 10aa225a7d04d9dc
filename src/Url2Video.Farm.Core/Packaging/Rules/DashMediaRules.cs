using System.Collections.Immutable;
using System.Globalization;

namespace Url2Video.Farm.Core.Packaging.Rules;

/// <summary>Rules 16 and 17: what a representation says of its media, and what its media says.</summary>
internal sealed class DashMediaRules(LintContext context, string path)
{
    private const long BandwidthMax = 1_000_000_000_000;
    private const decimal FrameRateApartMax = 0.01m;
    private const string ChannelScheme = "urn:mpeg:dash:23003:3:audio_channel_configuration:2011";

    public void Check(DashRepresentation representation, Track track, ImmutableArray<(long Start, long End)> times, decimal bufferSeconds)
    {
        var id = representation.Id;
        context.Require(representation.Timescale == track.Init.Timescale, LintRules.Timescale, path, $"has the timescale {representation.Timescale} for {id}", $"{track.Init.Timescale}");
        CheckTimes(representation, times, track);
        var codecs = representation.Text("codecs");
        context.Require(codecs.Length > 0, LintRules.Declared, path, $"lacks codecs for {id}");
        context.Require(codecs.Length == 0 || track.Init.Codecs.IsEmpty || CodecNames.Has(codecs, track.Init.Codecs), LintRules.DashCodecs, path, $"says codecs {codecs} for {id}", track.Init.Codecs.FirstOrDefault());
        if (track.IsVideo)
        {
            CheckPictures(representation, track);
        }

        if (representation.Descriptor("AudioChannelConfiguration", ChannelScheme) is { } told && track.Init.Channels > 0)
        {
            context.Require(told == track.Init.Channels.ToString(CultureInfo.InvariantCulture), LintRules.DashChannels, path, $"says {told} channels for {id}", $"{track.Init.Channels}");
        }

        CheckBuffer(track, Math.Min(representation.Bandwidth, BandwidthMax), bufferSeconds);
    }

    private void CheckPictures(DashRepresentation representation, Track track)
    {
        var (width, height) = (representation.Text("width"), representation.Text("height"));
        var (isTold, size) = (width.Length > 0 && height.Length > 0, $"{width}x{height}");
        context.Require(isTold, LintRules.Declared, path, $"lacks width or height for {representation.Id}");
        context.Require(!isTold || size == $"{track.Init.Width}x{track.Init.Height}", LintRules.DashSize, path, $"says {size} for {representation.Id}", $"{track.Init.Width}x{track.Init.Height}");
        if (representation.Text("frameRate") is { Length: > 0 } told && track.FrameRate is { } real)
        {
            context.Require(Rate(told) is { } rate && Math.Abs(rate - real) <= FrameRateApartMax, LintRules.DashFrameRate, path, $"says frameRate {told} for {representation.Id}", $"{real:0.000}");
        }
    }

    // In the ticks of the media; where the manifest counts otherwise, one of its ticks may be lost to rounding.
    private void CheckTimes(DashRepresentation representation, ImmutableArray<(long Start, long End)> times, Track track)
    {
        var (id, told, real) = (representation.Id, (Int128)representation.Timescale, (Int128)track.Init.Timescale);
        bool IsSame(long manifest, Int128 media) => told == real ? manifest == media : Int128.Abs(manifest * real - media * told) <= Int128.Max(told, real);
        for (var index = 0; index < times.Length; index++)
        {
            if (!IsSame(times[index].Start, track.Segments[index].Start))
            {
                context.Report(LintRules.Timeline, path, $"starts segment {index + 1} of {id} at {times[index].Start}", $"{(Int128)track.Segments[index].Start * told / real}, as the media says");
                return; // The rest is as wrong as its beginning.
            }
        }

        var last = track.Segments[^1];
        context.Require(IsSame(times[^1].End, (Int128)last.DecodeTime + last.Duration + last.Shift), LintRules.Timeline, path, $"ends {id} at {(decimal)times[^1].End / representation.Timescale:0.######} s", $"{track.End:0.######} s");
    }

    // A client that fills its buffer for minBufferTime at @bandwidth and then plays must never wait (ISO/IEC 23009-1 5.3.5.4).
    private void CheckBuffer(Track track, long bandwidth, decimal bufferSeconds)
    {
        var needed = 0m;
        for (var index = 0; bandwidth > 0 && index < track.Segments.Length; index++)
        {
            needed += track.Segments[index].Bytes * 8m;
            if (needed > bandwidth * (bufferSeconds + track.StartSeconds(index)))
            {
                context.Report(LintRules.Buffer, path, $"promises {bandwidth} bit/s for {track.Name}, too little at segment {index + 1}");
                return;
            }
        }
    }

    private static decimal? Rate(string text)
    {
        var parts = text.Split('/');
        return parts.Length <= 2 && uint.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var frames)
            && uint.TryParse(parts.Length == 2 ? parts[1] : "1", NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds > 0
            ? (decimal)frames / seconds
            : null;
    }
}
