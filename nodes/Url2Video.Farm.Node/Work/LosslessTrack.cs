using System.Buffers;
using System.Runtime.InteropServices;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Media.FFmpeg;

namespace Url2Video.Farm.Node.Work;

/// <summary>The whole sound of a film as FLAC: what every file with a sound of its own is coded from, on whatever node that is.</summary>
internal static class LosslessTrack
{
    private const int Channels = 2;
    private const int BlockBytes = 48_000 * Channels * sizeof(float);

    /// <param name="samples">File of interleaved floats at 48 kHz.</param>
    public static async Task<ArtifactRef> StoreAsync(JobSpec job, string samples, WorkContext context)
    {
        var path = Path.Combine(context.ScratchDir, "track.flac");
        MediaFaults.Guard(job, () => Encode(samples, path, context.Cancellation));
        return await context.Artifacts.AdoptAsync(path, context.Cancellation).ConfigureAwait(false);
    }

    /// <summary>Reads the track back piece by piece, as the very samples that were kept.</summary>
    public static void Read(string flac, AudioGraph.SampleSink sink)
    {
        using var file = File.OpenRead(flac);
        AudioDecoder.Decode(file, new AudioDecodeOptions { Output = new AudioFormat(Channels), SecondsMax = int.MaxValue / 48_000 * 48 }, sink);
    }

    private static bool Encode(string samples, string path, CancellationToken cancellation)
    {
        using var encoder = SoundFileEncoder.Create(SoundFileKind.Flac, path, Channels);
        using var file = new FileStream(samples, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
        var bytes = ArrayPool<byte>.Shared.Rent(BlockBytes);
        try
        {
            int read;
            while ((read = file.ReadAtLeast(bytes.AsSpan(0, BlockBytes), BlockBytes, throwOnEndOfStream: false)) > 0)
            {
                cancellation.ThrowIfCancellationRequested();
                encoder.Write(MemoryMarshal.Cast<byte, float>(bytes.AsSpan(0, read)));
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }

        encoder.Finish();
        return true;
    }
}
