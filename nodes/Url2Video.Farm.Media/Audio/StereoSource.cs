using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Url2Video.Farm.Media.FFmpeg;

namespace Url2Video.Farm.Media.Audio;

/// <summary>
/// A sound file taken apart: stereo at 48 kHz in a temporary file, read at any place. Owns the file, which vanishes when it is
/// closed. Not thread-safe.
/// </summary>
public sealed class StereoSource : IDisposable
{
    private const int FrameBytes = 2 * sizeof(int);
    private readonly FileStream _file;

    private StereoSource(FileStream file) => (_file, Frames) = (file, file.Length / FrameBytes);

    /// <summary>Length at 48 kHz.</summary>
    public long Frames { get; }

    /// <param name="stream">Any sound file the decoder knows; stays the caller's.</param>
    /// <param name="scratchDirectory">Existing directory; takes 8 bytes per frame.</param>
    /// <param name="skippedSamples">Left out at the beginning.</param>
    /// <param name="secondsMax">Longer sound is refused.</param>
    /// <exception cref="FFmpegException">InvalidData when there is no sound in it; TooLarge past the bound.</exception>
    public static StereoSource Decode(Stream stream, string scratchDirectory, long skippedSamples, int secondsMax, CancellationToken cancellationToken)
    {
        var file = Scratch(scratchDirectory);
        try
        {
            var toSkip = 2 * skippedSamples;
            AudioDecoder.Decode(stream, new AudioDecodeOptions { SecondsMax = secondsMax }, samples =>
            {
                cancellationToken.ThrowIfCancellationRequested();
                var skipped = (int)Math.Min(toSkip, samples.Length);
                toSkip -= skipped;
                Append(file, samples[skipped..]);
            });
            file.Flush();
            return file.Length > 0
                ? new StereoSource(file)
                : throw new FFmpegException(FFmpegErrorKind.InvalidData, "It ends before the place where it should begin.");
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>The sound of a clip between two moments; silence before its sound begins.</summary>
    /// <param name="from">On the container's clock, 48 kHz.</param>
    /// <param name="until">Above <paramref name="from"/>; shorter sound ends where it ends.</param>
    /// <inheritdoc cref="Decode"/>
    internal static StereoSource DecodePart(Stream stream, string scratchDirectory, long from, long until, int secondsMax, CancellationToken cancellationToken)
    {
        var file = Scratch(scratchDirectory);
        try
        {
            var at = long.MinValue; // Nothing is over before it has begun: a clip may begin below zero.
            var options = new AudioDecodeOptions
            {
                SecondsMax = secondsMax,
                Formats = ClipFormats.Containers,
                Begun = start =>
                {
                    at = start;
                    file.SetLength(FrameBytes * Math.Clamp(start - from, 0, until - from)); // Zeros; a hole, where the file system has holes.
                    file.Position = file.Length;
                },
                IsOver = () => at >= until,
            };
            AudioDecoder.Decode(stream, options, samples =>
            {
                cancellationToken.ThrowIfCancellationRequested();
                var frames = samples.Length / 2;
                var (first, end) = ((int)Math.Clamp(from - at, 0, frames), (int)Math.Clamp(until - at, 0, frames));
                at += frames;
                if (end > first)
                {
                    Append(file, samples[(2 * first)..(2 * end)]);
                }
            });
            file.Flush();
            return new StereoSource(file);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Fills <paramref name="stereo"/> from a frame on, 24-bit scale; zeros past the end.</summary>
    internal void Read(long frame, Span<int> stereo)
    {
        stereo.Clear();
        if (frame >= Frames)
        {
            return;
        }

        var samples = (int)Math.Min(stereo.Length, 2 * (Frames - frame));
        _file.Position = frame * FrameBytes;
        _file.ReadExactly(MemoryMarshal.AsBytes(stereo[..samples]));
    }

    public void Dispose() => _file.Dispose();

    private static FileStream Scratch(string directory) => new(
        Path.Combine(directory, Path.GetRandomFileName()), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 1 << 18, FileOptions.DeleteOnClose);

    private static void Append(FileStream file, ReadOnlySpan<float> samples)
    {
        Span<byte> bytes = stackalloc byte[sizeof(int)];
        foreach (var sample in samples)
        {
            // A NaN in a float file is silence; what is over full scale was meant to clip.
            var value = float.IsNaN(sample) ? 0 : Math.Clamp(Math.Round((double)sample * ScratchSamples.FullScale), -ScratchSamples.FullScale, ScratchSamples.FullScale - 1);
            BinaryPrimitives.WriteInt32LittleEndian(bytes, (int)value);
            file.Write(bytes);
        }
    }
}
