using Url2Video.Farm.Core.Errors;
using Url2Video.Farm.Core.Planning;

namespace Url2Video.Farm.Core.Packaging.Cmaf;

/// <summary>
/// Wraps the AAC packets of the film, encoded in one run, as CMAF. The first packet is the encoder's priming: it stays in the
/// first segment and the edit list takes it off, so the first sample is heard with the first frame.
/// </summary>
public static class CmafAudio
{
    public static byte[] Init(AacConfig config) => InitBoxes.Write(
        new BoxWriter(),
        TrackKind.Audio,
        SampleClock.SamplesPerSecond,
        SampleClock.PrimingPackets * SampleClock.SamplesPerPacket,
        width: 0,
        height: 0,
        writer => SampleEntry(writer, config));

    /// <summary>One segment, a whole file.</summary>
    /// <param name="filmSamples">Length of the sound; the very last packet is declared only as long as it is heard.</param>
    /// <param name="packets">Raw AAC frames (no ADTS) of this segment.</param>
    /// <exception cref="FarmException"><see cref="ErrorCodes.MediaFailed"/>: not the packets of this segment.</exception>
    public static byte[] Segment(SegmentSlot slot, long filmSamples, ReadOnlySpan<ReadOnlyMemory<byte>> packets)
    {
        if (packets.Length != slot.Packets)
        {
            throw new FarmException(ErrorCodes.MediaFailed, $"Sound segment {slot.Index} has {packets.Length} packets in place of {slot.Packets}.");
        }

        var samples = new SegmentBoxes.Sample[packets.Length];
        for (var index = 0; index < samples.Length; index++)
        {
            samples[index] = new SegmentBoxes.Sample(packets[index], PacketSamples(slot.FirstPacket + index, filmSamples), SegmentBoxes.SyncSample, 0);
        }

        return SegmentBoxes.Write((uint)slot.Index + 1, (ulong)slot.FirstPacket * SampleClock.SamplesPerPacket, samples);
    }

    /// <summary>Samples of a packet that belong to the film or its priming: 1024, fewer in the last packet.</summary>
    internal static uint PacketSamples(long packet, long filmSamples) => (uint)Math.Clamp(
        filmSamples - (packet - SampleClock.PrimingPackets) * SampleClock.SamplesPerPacket,
        1,
        SampleClock.SamplesPerPacket);

    private static void SampleEntry(BoxWriter writer, AacConfig config)
    {
        writer.Open("mp4a").Zeros(6).U16(1).Zeros(8)
            .U16(config.Channels).U16(16).U16(0).U16(0).U32((uint)SampleClock.SamplesPerSecond << 16);
        Descriptors(writer, config.Specific);
        writer.Close();
    }

    // ES_Descriptor > DecoderConfigDescriptor > AudioSpecificConfig, SLConfigDescriptor (ISO/IEC 14496-1 section 7.2.6).
    private static void Descriptors(BoxWriter writer, ReadOnlySpan<byte> specific)
    {
        const int ElementaryStream = 3, DecoderConfig = 4, DecoderSpecific = 5, SyncLayer = 6;
        const int Mpeg4Audio = 0x40, AudioStream = 0x15, PredefinedForMp4 = 2;
        var decoderBytes = 13 + 2 + specific.Length;
        writer.OpenFull("esds", 0, 0);
        writer.U8(ElementaryStream).U8(3 + 2 + decoderBytes + 3).U16(0).U8(0);
        writer.U8(DecoderConfig).U8(decoderBytes).U8(Mpeg4Audio).U8(AudioStream).Zeros(3).U32(0).U32(0);
        writer.U8(DecoderSpecific).U8(specific.Length).Bytes(specific);
        writer.U8(SyncLayer).U8(1).U8(PredefinedForMp4);
        writer.Close();
    }
}
