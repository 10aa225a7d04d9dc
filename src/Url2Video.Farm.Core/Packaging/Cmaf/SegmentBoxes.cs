namespace Url2Video.Farm.Core.Packaging.Cmaf;

/// <summary>One CMAF segment of one fragment: styp, moof with a single trun, mdat (ISO/IEC 23000-19 section 7.3.2).</summary>
internal static class SegmentBoxes
{
    // trun: data offset, and for each sample its duration, size, flags and composition offset.
    private const uint RunFlags = 0x1 | 0x100 | 0x200 | 0x400 | 0x800;
    private const uint DefaultBaseIsMoof = 0x02_0000;

    /// <summary>Sample flags of ISO/IEC 14496-12 section 8.8.3.1: decodes alone, or depends on others.</summary>
    public const uint SyncSample = 0x0200_0000, DependentSample = 0x0101_0000;

    /// <param name="CompositionOffset">Ticks, not negative: trun version 0, as <c>cmfc</c> asks.</param>
    public readonly record struct Sample(ReadOnlyMemory<byte> Data, uint Duration, uint Flags, uint CompositionOffset);

    /// <param name="sequence">mfhd number, from 1.</param>
    /// <param name="decodeTime">tfdt, in ticks.</param>
    public static byte[] Write(uint sequence, ulong decodeTime, ReadOnlySpan<Sample> samples)
    {
        var writer = WriterFor(samples);
        writer.Open("styp").Ascii("cmfs").U32(0).Ascii("cmfs").Ascii("msdh").Close();
        return Fragment(writer, sequence, decodeTime, samples);
    }

    /// <summary>The same without a segment type: one fragment of a file that holds many.</summary>
    public static byte[] Fragment(uint sequence, ulong decodeTime, ReadOnlySpan<Sample> samples) => Fragment(WriterFor(samples), sequence, decodeTime, samples);

    private static BoxWriter WriterFor(ReadOnlySpan<Sample> samples)
    {
        var payloadBytes = 0L;
        foreach (var sample in samples)
        {
            payloadBytes += sample.Data.Length;
        }

        return new BoxWriter(checked((int)(payloadBytes + 256 + 16L * samples.Length)));
    }

    private static byte[] Fragment(BoxWriter writer, uint sequence, ulong decodeTime, ReadOnlySpan<Sample> samples)
    {
        var moof = writer.Position;
        writer.Open("moof").OpenFull("mfhd", 0, 0).U32(sequence).Close();
        writer.Open("traf").OpenFull("tfhd", 0, DefaultBaseIsMoof).U32(1).Close();
        writer.OpenFull("tfdt", 1, 0).U64(decodeTime).Close();
        writer.OpenFull("trun", 0, RunFlags).U32((uint)samples.Length);
        var offset = writer.Position;
        writer.U32(0);
        foreach (var sample in samples)
        {
            writer.U32(sample.Duration).U32((uint)sample.Data.Length).U32(sample.Flags).U32(sample.CompositionOffset);
        }

        writer.Close().Close().Close();
        writer.Open("mdat");
        writer.PatchU32(offset, (uint)(writer.Position - moof));
        foreach (var sample in samples)
        {
            writer.Bytes(sample.Data.Span);
        }

        return writer.Close().ToArray();
    }
}
