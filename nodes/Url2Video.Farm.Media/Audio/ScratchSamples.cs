using System.Runtime.InteropServices;

namespace Url2Video.Farm.Media.Audio;

/// <summary>
/// Interleaved stereo as 32-bit integers of 24-bit scale (±2²³ is full scale) in a temporary file that vanishes when closed.
/// The operating system keeps short films in memory; long ones do not need to fit.
/// </summary>
internal sealed class ScratchSamples : IDisposable
{
    /// <summary>±1 in integers.</summary>
    internal const int FullScale = 1 << 23;

    /// <summary>Frames handled at once everywhere: 100 ms.</summary>
    internal const int BlockFrames = 4_800;
    private readonly FileStream _file;

    private ScratchSamples(FileStream file) => _file = file;

    internal static ScratchSamples Create(string directory) => new(new FileStream(
        Path.Combine(directory, Path.GetRandomFileName()), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 1 << 18, FileOptions.DeleteOnClose));

    internal void Rewind() => _file.Position = 0;

    internal void Write(ReadOnlySpan<int> samples) => _file.Write(MemoryMarshal.AsBytes(samples));

    /// <returns>How many of the samples could be read; fewer than asked for only at the end.</returns>
    internal int Read(Span<int> samples) => _file.ReadAtLeast(MemoryMarshal.AsBytes(samples), samples.Length * sizeof(int), throwOnEndOfStream: false) / sizeof(int);

    internal void CopyAsFloat(Stream destination, CancellationToken cancellationToken)
    {
        Rewind();
        var samples = new int[2 * BlockFrames];
        var floats = new float[samples.Length];
        for (int read; (read = Read(samples)) > 0;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            for (var i = 0; i < read; i++)
            {
                // Exact: 24 bits fit a float's mantissa and the divisor is a power of two.
                floats[i] = samples[i] / (float)FullScale;
            }

            destination.Write(MemoryMarshal.AsBytes(floats.AsSpan(0, read)));
        }
    }

    public void Dispose() => _file.Dispose();
}
