namespace Url2Video.Farm.Media.Audio;

/// <summary>48 kHz mono signed 16-bit little-endian sound without a header, opened anew for every pass over it.</summary>
public abstract class PcmSource
{
    /// <summary>Length in samples.</summary>
    public abstract long Samples { get; }

    /// <summary>A stream at the first sample; the caller disposes it.</summary>
    public abstract Stream Open();

    /// <summary>Sound in a file, read block by block.</summary>
    /// <exception cref="FileNotFoundException">No such file.</exception>
    public static PcmSource FromFile(string path) => new FileSource(path);

    /// <summary>Sound in memory; the array must not change while it is used.</summary>
    public static PcmSource FromSamples(short[] samples) => new MemorySource(samples);

    private sealed class FileSource(string path) : PcmSource
    {
        public override long Samples { get; } = new FileInfo(path).Length / sizeof(short);

        public override Stream Open() => new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16);
    }

    private sealed class MemorySource(short[] samples) : PcmSource
    {
        public override long Samples => samples.Length;

        public override Stream Open()
        {
            var bytes = new byte[samples.Length * sizeof(short)];
            for (var i = 0; i < samples.Length; i++)
            {
                System.Buffers.Binary.BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(i * sizeof(short)), samples[i]);
            }

            return new MemoryStream(bytes, writable: false);
        }
    }
}
