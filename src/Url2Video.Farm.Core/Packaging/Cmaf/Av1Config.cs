using System.Globalization;
using Url2Video.Farm.Core.Errors;

namespace Url2Video.Farm.Core.Packaging.Cmaf;

/// <summary>The decoder configuration of one AV1 rung: its sequence header, as <c>av1C</c> (AV1 in ISOBMFF, section 2.3).</summary>
public sealed class Av1Config : IVideoConfig
{
    private const int SequenceHeader = 1, TemporalDelimiter = 2;

    private readonly byte[] _header;
    private readonly Av1Sequence _sequence;

    private Av1Config(byte[] header, Av1Sequence sequence) => (_header, _sequence) = (header, sequence);

    public int Width => _sequence.Width;

    public int Height => _sequence.Height;

    /// <summary>Temporal units are in the order in which they are shown.</summary>
    public int FramesReordered => 0;

    public bool IsBt709Limited => _sequence is { Primaries: 1, Transfer: 1, Matrix: 1, IsFullRange: false };

    /// <summary><c>av01.PROFILE.LEVELTIER.DEPTH</c>.</summary>
    public string Codecs => string.Create(
        CultureInfo.InvariantCulture, $"av01.{_sequence.Profile}.{_sequence.Level:D2}{(_sequence.Tier == 0 ? 'M' : 'H')}.{_sequence.BitDepth:D2}");

    /// <param name="units">The encoder's global header: open bitstream units, the sequence header among them.</param>
    /// <exception cref="FarmException"><see cref="ErrorCodes.MediaFailed"/>: there is no sequence header that can be used.</exception>
    public static Av1Config From(ReadOnlySpan<byte> units)
    {
        try
        {
            foreach (var (type, unit, payload) in Units(units))
            {
                if (type == SequenceHeader)
                {
                    return new Av1Config(units[unit].ToArray(), Av1Sequence.Parse(units[payload]));
                }
            }
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException)
        {
            throw new FarmException(ErrorCodes.MediaFailed, $"The encoder's sequence header cannot be used: {e.Message}", cause: e);
        }

        throw new FarmException(ErrorCodes.MediaFailed, "The encoder gave no sequence header.");
    }

    /// <summary>One temporal unit as a sample: without its delimiter, which a file must not have.</summary>
    public static CodedSample Sample(ReadOnlySpan<byte> packet, long frame, bool isKey)
    {
        var writer = new BoxWriter(packet.Length);
        foreach (var (type, unit, _) in Units(packet))
        {
            if (type != TemporalDelimiter)
            {
                writer.Bytes(packet[unit]);
            }
        }

        return new CodedSample(writer.ToArray(), frame, isKey);
    }

    void IVideoConfig.WriteSampleEntry(BoxWriter writer)
    {
        SampleEntry.Open(writer, "av01", Width, Height);
        const int MarkerAndVersion = 0x81;
        var depth = (_sequence.BitDepth > 8 ? 1 << 6 : 0) | (_sequence.BitDepth > 10 ? 1 << 5 : 0);
        writer.Open("av1C").U8(MarkerAndVersion)
            .U8(_sequence.Profile << 5 | _sequence.Level)
            .U8(_sequence.Tier << 7 | depth | (_sequence.IsMonochrome ? 1 << 4 : 0) | (_sequence.SubsamplingX << 3) | (_sequence.SubsamplingY << 2) | _sequence.ChromaPosition)
            .U8(0)
            .Bytes(_header).Close();
        SampleEntry.Colour(writer, _sequence.Primaries, _sequence.Transfer, _sequence.Matrix, _sequence.IsFullRange);
        SampleEntry.SquarePixels(writer).Close();
    }

    private static List<(int Type, Range Unit, Range Payload)> Units(ReadOnlySpan<byte> bytes)
    {
        var units = new List<(int, Range, Range)>();
        for (var at = 0; at < bytes.Length;)
        {
            var (head, first) = (bytes[at], at);
            at += (head & 4) != 0 ? 2 : 1;
            if ((head & 2) == 0)
            {
                throw new InvalidDataException("A bitstream unit does not tell its length.");
            }

            var size = 0L;
            for (var shift = 0; ; shift += 7)
            {
                if (at >= bytes.Length || shift > 28)
                {
                    throw new InvalidDataException("The length of a bitstream unit is cut off.");
                }

                var part = bytes[at++];
                size |= (long)(part & 0x7F) << shift;
                if ((part & 0x80) == 0)
                {
                    break;
                }
            }

            if (size > bytes.Length - at)
            {
                throw new InvalidDataException("A bitstream unit is cut off.");
            }

            units.Add((head >> 3 & 0xF, first..(at + (int)size), at..(at + (int)size)));
            at += (int)size;
        }

        return units;
    }
}
