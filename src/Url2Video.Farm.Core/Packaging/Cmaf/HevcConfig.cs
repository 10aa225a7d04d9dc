using System.Globalization;
using Url2Video.Farm.Core.Errors;

namespace Url2Video.Farm.Core.Packaging.Cmaf;

/// <summary>The decoder configuration of one HEVC rung: one VPS, SPS and PPS, as <c>hvcC</c> (ISO/IEC 14496-15 section 8.3.3).</summary>
public sealed class HevcConfig : IVideoConfig
{
    private const int VpsType = 32, SpsType = 33, PpsType = 34;

    private readonly byte[] _vps;
    private readonly byte[] _sps;
    private readonly byte[] _pps;
    private readonly HevcSps _read;

    private HevcConfig(byte[] vps, byte[] sps, byte[] pps, int width, int height)
    {
        (_vps, _sps, _pps, Width, Height) = (vps, sps, pps, width, height);
        _read = HevcSps.Parse(sps);
    }

    public int Width { get; }

    public int Height { get; }

    public int FramesReordered => _read.FramesReordered;

    public bool IsBt709Limited => _read is { Primaries: 1, Transfer: 1, Matrix: 1, IsFullRange: false };

    /// <summary>ISO/IEC 14496-15 annex E: <c>hvc1.PROFILE.COMPATIBILITY.TIERLEVEL.CONSTRAINTS</c>, trailing zero bytes left out.</summary>
    public string Codecs
    {
        get
        {
            var level = _read.ProfileTierLevel;
            var reversed = 0u;
            for (var bit = 0; bit < 32; bit++)
            {
                reversed |= (Compatibility >> bit & 1) << (31 - bit);
            }

            var space = (level[0] >> 6) switch { 0 => "", 1 => "A", 2 => "B", _ => "C" };
            var tier = (level[0] >> 5 & 1) == 0 ? 'L' : 'H';
            var constraints = level[5..11].AsSpan().TrimEnd((byte)0);
            var text = string.Create(CultureInfo.InvariantCulture, $"hvc1.{space}{level[0] & 0x1F}.{reversed:X}.{tier}{level[11]}");
            foreach (var part in constraints)
            {
                text += string.Create(CultureInfo.InvariantCulture, $".{part:X}");
            }

            return text;
        }
    }

    private uint Compatibility => System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(_read.ProfileTierLevel.AsSpan(1, 4));

    /// <param name="annexB">The encoder's global header.</param>
    /// <exception cref="FarmException"><see cref="ErrorCodes.MediaFailed"/>: not one set of each kind.</exception>
    public static HevcConfig From(ReadOnlySpan<byte> annexB, int width, int height)
    {
        byte[]? vps = null, sps = null, pps = null;
        foreach (var range in AnnexB.Units(annexB))
        {
            var unit = annexB[range];
            switch (TypeOf(unit))
            {
                case VpsType: vps = unit.ToArray(); break;
                case SpsType: sps = unit.ToArray(); break;
                case PpsType: pps = unit.ToArray(); break;
            }
        }

        try
        {
            return vps is null || sps is null || pps is null
                ? throw new InvalidDataException("VPS, SPS or PPS is missing.")
                : new HevcConfig(vps, sps, pps, width, height);
        }
        catch (InvalidDataException e)
        {
            throw new FarmException(ErrorCodes.MediaFailed, $"The encoder's parameter sets cannot be used: {e.Message}", cause: e);
        }
        catch (EndOfStreamException e)
        {
            throw new FarmException(ErrorCodes.MediaFailed, $"The encoder's parameter sets cannot be used: {e.Message}", cause: e);
        }
    }

    /// <summary>One encoder packet as a sample: NAL units behind their lengths, without parameter sets, delimiters and SEI.</summary>
    public static CodedSample Sample(ReadOnlySpan<byte> packet, long frame)
    {
        const int Delimiter = 35, SeiPrefix = 39, SeiSuffix = 40, FirstIrap = 16, LastIrap = 21;
        var writer = new BoxWriter(packet.Length + 16);
        var isKey = false;
        foreach (var range in AnnexB.Units(packet))
        {
            var unit = packet[range];
            var type = TypeOf(unit);
            if (type is VpsType or SpsType or PpsType or Delimiter or SeiPrefix or SeiSuffix)
            {
                continue;
            }

            isKey |= type is >= FirstIrap and <= LastIrap;
            writer.U32((uint)unit.Length).Bytes(unit);
        }

        return writer.Position > 0
            ? new CodedSample(writer.ToArray(), frame, isKey)
            : throw new FarmException(ErrorCodes.MediaFailed, $"The encoder's packet for frame {frame} of the chunk holds no picture.");
    }

    void IVideoConfig.WriteSampleEntry(BoxWriter writer)
    {
        SampleEntry.Open(writer, "hvc1", Width, Height);
        writer.Open("hvcC").Bytes(Record()).Close();
        SampleEntry.Colour(writer, _read.Primaries, _read.Transfer, _read.Matrix, _read.IsFullRange);
        SampleEntry.SquarePixels(writer).Close();
    }

    private static int TypeOf(ReadOnlySpan<byte> unit) => unit[0] >> 1 & 0x3F;

    private byte[] Record()
    {
        const int NestedOneLayer = 1 << 3 | 1 << 2, AllComplete = 0x80;
        var writer = new BoxWriter(256)
            .U8(1).Bytes(_read.ProfileTierLevel)
            .U16(0xF000) // No least size of spatial segments is promised.
            .U8(0xFC) // Nor a kind of parallel decoding.
            .U8(0xFC | _read.ChromaFormat).U8(0xF8 | (_read.BitDepthLuma - 8)).U8(0xF8 | (_read.BitDepthChroma - 8))
            .U16(0) // No average frame rate.
            .U8(NestedOneLayer | (CodedSample.LengthBytes - 1))
            .U8(3);
        foreach (var (type, unit) in new[] { (VpsType, _vps), (SpsType, _sps), (PpsType, _pps) })
        {
            writer.U8(AllComplete | type).U16(1).U16(unit.Length).Bytes(unit);
        }

        return writer.ToArray();
    }
}
