using Url2Video.Farm.Core.Errors;

namespace Url2Video.Farm.Core.Packaging.Cmaf;

/// <summary>One coded picture, ready for a file.</summary>
/// <param name="Data">As files of the codec hold it: for H.264 and HEVC, NAL units, each behind its length in four bytes; no parameter sets.</param>
/// <param name="Frame">Which frame it shows, counted from the first frame of the chunk.</param>
/// <param name="IsKey">True: decoding can start here and nothing later refers to before.</param>
public readonly record struct CodedSample(ReadOnlyMemory<byte> Data, long Frame, bool IsKey)
{
    internal const int LengthBytes = 4;

    /// <summary>
    /// Turns one encoder packet into a sample. Parameter sets go (they are in the init segment), and so do delimiters,
    /// fillers and SEI: what they say is in the boxes, and x264's SEI tells the build of the library, which must not be in the bytes.
    /// </summary>
    /// <param name="packet">Annex B byte stream of one picture.</param>
    /// <exception cref="FarmException"><see cref="ErrorCodes.MediaFailed"/>: no picture in the packet.</exception>
    public static CodedSample FromAnnexB(ReadOnlySpan<byte> packet, long frame)
    {
        var writer = new BoxWriter(packet.Length + 16);
        var isIdr = false;
        foreach (var range in AnnexB.Units(packet))
        {
            var unit = packet[range];
            var type = AnnexB.TypeOf(unit);
            if (type is AvcNal.Sps or AvcNal.Pps or AvcNal.Sei or AvcNal.Delimiter or AvcNal.Filler)
            {
                continue;
            }

            isIdr |= type == AvcNal.IdrSlice;
            writer.U32((uint)unit.Length).Bytes(unit);
        }

        return writer.Position > 0
            ? new CodedSample(writer.ToArray(), frame, isIdr)
            : throw new FarmException(ErrorCodes.MediaFailed, $"The encoder's packet for frame {frame} of the chunk holds no picture.");
    }
}
