using Url2Video.Farm.Media.Composition;
using Url2Video.Farm.Media.FFmpeg;

namespace Url2Video.Farm.Media.Audio.Clips;

/// <summary>The sound of a part of a clip at 48 kHz, in step with its pictures: sample 0 is heard when the part's first moment is seen.</summary>
public sealed class ClipTrack : IDisposable
{
    private const int SamplesPerSecond = 48_000;
    private const int SamplesPerMilli = 48;
    private readonly StereoSource _source;
    private readonly bool _isLooped;

    // Length of one round: so many of so many parts of a sample, because a loop's seams follow the pictures' exactly.
    private readonly Int128 _lengthNum, _lengthDen;

    private ClipTrack(StereoSource source, Int128 lengthNum, Int128 lengthDen, bool isLooped) =>
        (_source, _lengthNum, _lengthDen, _isLooped) = (source, lengthNum, lengthDen, isLooped);

    /// <summary>Length of what is kept of it, in samples.</summary>
    internal long Samples => _source.Frames;

    /// <summary>Decodes all of a clip's sound and keeps nothing: a header may promise anything.</summary>
    /// <param name="stream">Readable and seekable; stays the caller's.</param>
    /// <exception cref="FFmpegException">InvalidData when there is no sound in it; Unsupported; TooLarge past the bound.</exception>
    public static void Check(Stream stream, int secondsMax, CancellationToken cancellationToken) => AudioDecoder.Decode(
        stream, new AudioDecodeOptions { SecondsMax = secondsMax, Formats = ClipFormats.Containers }, _ => cancellationToken.ThrowIfCancellationRequested());

    /// <param name="stream">Readable and seekable; stays the caller's.</param>
    /// <param name="part">At normal speed.</param>
    /// <param name="times">Of its pictures.</param>
    /// <param name="samplesMax">How long it is heard at most, above 0: an hour's clip may be heard for a moment.</param>
    /// <param name="scratchDirectory">Takes 8 bytes for each sample that is heard, once where the part begins again.</param>
    /// <exception cref="FFmpegException">InvalidData when there is no sound in it.</exception>
    public static ClipTrack Decode(
        Stream stream, ClipPart part, ClipTimes times, long samplesMax, string scratchDirectory, int secondsMax, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(samplesMax);
        if (part.SpeedThousandths != 1_000 || !ClipClock.IsWithin(part, times))
        {
            throw new ArgumentException("A clip is heard at normal speed, from a moment at which it is not over.", nameof(part));
        }

        // Samples · TickDen: whole numbers for whatever the ticks are.
        var tick = (Int128)times.TickNum * SamplesPerSecond;
        var end = (times.EndTick - times.FirstTick) * tick;
        var cut = part.EndMillis is { } millis ? Int128.Min(end, (Int128)millis * SamplesPerMilli * times.TickDen) : end;
        var length = cut - (Int128)part.StartMillis * SamplesPerMilli * times.TickDen;
        var from = (long)(times.FirstTick * tick / times.TickDen) + part.StartMillis * SamplesPerMilli;
        var until = from + Math.Min(samplesMax, (long)((length + times.TickDen - 1) / times.TickDen));
        return new ClipTrack(
            StereoSource.DecodePart(stream, scratchDirectory, from, until, secondsMax, cancellationToken), length, times.TickDen, part.IsLooped);
    }

    /// <summary>Fills <paramref name="stereo"/> from a moment on, 24-bit scale; zeros when it is over.</summary>
    internal void Read(long at, Span<int> stereo)
    {
        for (var done = 0; done < stereo.Length;)
        {
            var round = _isLooped ? (long)(((Int128)at * _lengthDen) / _lengthNum) : 0;
            var frames = (int)Math.Min((stereo.Length - done) / 2, Ceiling(round + 1) - at);
            if (frames <= 0)
            {
                stereo[done..].Clear();
                return;
            }

            _source.Read(at - Ceiling(round), stereo.Slice(done, 2 * frames));
            at += frames;
            done += 2 * frames;
        }
    }

    public void Dispose() => _source.Dispose();

    /// <summary>The first whole sample of a round.</summary>
    private long Ceiling(long round) => (long)((round * _lengthNum + _lengthDen - 1) / _lengthDen);
}
