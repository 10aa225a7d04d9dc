using System.Buffers.Binary;
using System.Globalization;

namespace Url2Video.Farm.Media.FFmpeg;

/// <summary>What a decoder must know before the first picture. Equal for every chunk of a rendition.</summary>
public sealed class H264ParameterSets
{
    private const int HighProfile = 100;

    private H264ParameterSets(byte[] sps, byte[] pps)
    {
        (Sps, Pps) = (sps, pps);
        AvcC = WriteAvcC(sps, pps);
        CodecString = string.Create(CultureInfo.InvariantCulture, $"avc1.{sps[1]:x2}{sps[2]:x2}{sps[3]:x2}");
    }

    /// <summary>Sequence parameter set, NAL header included.</summary>
    public ReadOnlyMemory<byte> Sps { get; }

    /// <summary>Picture parameter set, NAL header included.</summary>
    public ReadOnlyMemory<byte> Pps { get; }

    /// <summary>Payload of the <c>avcC</c> box (AVCDecoderConfigurationRecord, ISO/IEC 14496-15 section 5.3.3.1).</summary>
    public ReadOnlyMemory<byte> AvcC { get; }

    /// <summary>RFC 6381, e.g. <c>avc1.640028</c>.</summary>
    public string CodecString { get; }

    /// <exception cref="FFmpegException">InvalidData when there is not exactly one set of each kind.</exception>
    internal static H264ParameterSets Parse(ReadOnlySpan<byte> annexB)
    {
        byte[]? sps = null;
        byte[]? pps = null;
        var count = 0;
        while (H264Nal.TryNext(ref annexB, out var unit))
        {
            switch (H264Nal.TypeOf(unit))
            {
                case H264Nal.SequenceParameters: sps = unit.ToArray(); count++; break;
                case H264Nal.PictureParameters: pps = unit.ToArray(); count++; break;
                default: break;
            }
        }

        return sps is { Length: >= 4 } && pps is not null && count == 2
            ? new H264ParameterSets(sps, pps)
            : throw new FFmpegException(FFmpegErrorKind.InvalidData, "The encoder gave no single pair of H.264 parameter sets.");
    }

    private static byte[] WriteAvcC(byte[] sps, byte[] pps)
    {
        using var record = new MemoryStream();
        // Version 1; profile, compatibility and level as in the SPS; lengths of 4 bytes; one SPS; one PPS.
        record.Write([1, sps[1], sps[2], sps[3], 0xFC | 3, 0xE0 | 1]);
        WriteUnit(record, sps);
        record.WriteByte(1);
        WriteUnit(record, pps);
        if (sps[1] >= HighProfile)
        {
            // Chroma 4:2:0, 8 bits of luma, 8 bits of chroma, no SPS extension.
            record.Write([0xFC | 1, 0xF8, 0xF8, 0]);
        }

        return record.ToArray();
    }

    private static void WriteUnit(MemoryStream record, byte[] unit)
    {
        Span<byte> length = stackalloc byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(length, checked((ushort)unit.Length));
        record.Write(length);
        record.Write(unit);
    }
}
