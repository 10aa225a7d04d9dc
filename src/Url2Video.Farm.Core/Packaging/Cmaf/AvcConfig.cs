using System.Globalization;
using Url2Video.Farm.Core.Errors;

namespace Url2Video.Farm.Core.Packaging.Cmaf;

/// <summary>The decoder configuration of one H.264 rung: one SPS and one PPS, as <c>avcC</c> (ISO/IEC 14496-15 section 5.3.3).</summary>
public sealed class AvcConfig : IVideoConfig
{
    private readonly byte[] _sps;
    private readonly byte[] _pps;

    private AvcConfig(byte[] sps, byte[] pps) => (_sps, _pps, Sps) = (sps, pps, AvcSps.Parse(sps));

    public AvcSps Sps { get; }

    public int Width => Sps.Width;

    public int Height => Sps.Height;

    public int FramesReordered => Sps.FramesReordered ?? (Sps.IsIntra ? 0 : Planning.ChunkGrid.FramesReorderedMax);

    void IVideoConfig.WriteSampleEntry(BoxWriter writer)
    {
        SampleEntry.Open(writer, "avc1", Sps.Width, Sps.Height);
        writer.Open("avcC").Bytes(ToRecord()).Close();
        SampleEntry.Colour(writer, Sps.ColourPrimaries, Sps.ColourTransfer, Sps.ColourMatrix, Sps.IsFullRange);
        writer.Open("pasp").U32((uint)Sps.AspectWidth).U32((uint)Sps.AspectHeight).Close().Close();
    }

    /// <summary>RFC 6381: <c>avc1.PPCCLL</c> from the bytes of the parameter set.</summary>
    public string Codecs => string.Create(CultureInfo.InvariantCulture, $"avc1.{Sps.Profile:x2}{Sps.Constraints:x2}{Sps.Level:x2}");

    /// <summary>Finds the parameter sets in an encoder's global header or first packet.</summary>
    /// <param name="bytes">Annex B byte stream, or an <c>avcC</c> record.</param>
    /// <exception cref="FarmException"><see cref="ErrorCodes.MediaFailed"/>: no or unequal parameter sets.</exception>
    public static AvcConfig From(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return bytes.Length > 0 && bytes[0] == 1 ? ReadRecord(bytes) : FromAnnexB(bytes);
        }
        catch (InvalidDataException e)
        {
            throw new FarmException(ErrorCodes.MediaFailed, $"The encoder's parameter sets cannot be used: {e.Message}", cause: e);
        }
    }

    /// <summary>The payload of <c>avcC</c>: equal bytes mean that one init segment decodes both.</summary>
    public byte[] ToRecord()
    {
        var writer = new BoxWriter(64)
            .U8(1).U8(Sps.Profile).U8(Sps.Constraints).U8(Sps.Level)
            .U8(0xFC | (CodedSample.LengthBytes - 1))
            .U8(0xE0 | 1).U16(_sps.Length).Bytes(_sps)
            .U8(1).U16(_pps.Length).Bytes(_pps);
        if (Sps.Profile is 100 or 110 or 122 or 244)
        {
            writer.U8(0xFC | Sps.ChromaFormat).U8(0xF8 | (Sps.BitDepthLuma - 8)).U8(0xF8 | (Sps.BitDepthChroma - 8)).U8(0);
        }

        return writer.ToArray();
    }

    private static AvcConfig FromAnnexB(ReadOnlySpan<byte> bytes)
    {
        byte[]? sps = null, pps = null;
        foreach (var range in AnnexB.Units(bytes))
        {
            var unit = bytes[range];
            switch (AnnexB.TypeOf(unit))
            {
                case AvcNal.Sps:
                    sps = Same(sps, unit);
                    break;
                case AvcNal.Pps:
                    pps = Same(pps, unit);
                    break;
            }
        }

        return sps is null || pps is null ? throw new InvalidDataException("SPS or PPS is missing.") : new AvcConfig(sps, pps);
    }

    /// <exception cref="InvalidDataException">Not a record with one SPS and one PPS.</exception>
    internal static AvcConfig ReadRecord(ReadOnlySpan<byte> record)
    {
        var reader = new BoxReader(record);
        reader.Skip(5);
        var sps = reader.U8() == (0xE0 | 1) ? reader.Take(reader.U16()).ToArray() : throw new InvalidDataException("Not exactly one SPS.");
        var pps = reader.U8() == 1 ? reader.Take(reader.U16()).ToArray() : throw new InvalidDataException("Not exactly one PPS.");
        return new AvcConfig(sps, pps);
    }

    private static byte[] Same(byte[]? known, ReadOnlySpan<byte> unit) => known is null || unit.SequenceEqual(known)
        ? unit.ToArray()
        : throw new InvalidDataException("The parameter sets change inside a chunk.");
}
