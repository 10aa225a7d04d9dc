namespace Url2Video.Farm.Core.Packaging.Cmaf;

/// <summary>The boxes that every CMAF header has (ISO/IEC 23000-19 section 7.3): one track, no samples, no dates.</summary>
internal static class InitBoxes
{
    private const uint TrackId = 1;
    private const uint UnityFixed16 = 0x0001_0000;

    // "und": the language stands in the playlists, where it can be any BCP 47 tag.
    private const int LanguageUndetermined = 0x55C4;

    /// <param name="writer">Receives ftyp and moov.</param>
    /// <param name="timescale">Of the movie and the track alike.</param>
    /// <param name="mediaTime">Ticks of the track before its first presented instant: reordering delay or priming.</param>
    public static byte[] Write(BoxWriter writer, TrackKind kind, uint timescale, uint mediaTime, int width, int height, Action<BoxWriter> sampleEntry)
    {
        writer.Open("ftyp").Ascii("cmfc").U32(0).Ascii("iso6").Ascii("cmfc").Ascii(kind == TrackKind.Video ? "cfhd" : "caac").Close();
        writer.Open("moov");
        MovieHeader(writer, timescale);
        writer.Open("trak");
        TrackHeader(writer, kind, width, height);
        writer.Open("edts").OpenFull("elst", 0, 0).U32(1).U32(0).U32(mediaTime).U32(UnityFixed16).Close().Close();
        Media(writer, kind, timescale, sampleEntry);
        writer.Close();
        writer.Open("mvex").OpenFull("trex", 0, 0).U32(TrackId).U32(1).U32(0).U32(0).U32(0).Close().Close();
        return writer.Close().ToArray();
    }

    private static void MovieHeader(BoxWriter writer, uint timescale)
    {
        writer.OpenFull("mvhd", 0, 0).U32(0).U32(0).U32(timescale).U32(0).U32(UnityFixed16).U16(0x0100).Zeros(10);
        Matrix(writer);
        writer.Zeros(24).U32(TrackId + 1).Close();
    }

    private static void TrackHeader(BoxWriter writer, TrackKind kind, int width, int height)
    {
        const uint EnabledInMovieAndPreview = 7;
        writer.OpenFull("tkhd", 0, EnabledInMovieAndPreview).U32(0).U32(0).U32(TrackId).U32(0).U32(0).Zeros(8);
        writer.U16(0).U16(0).U16(kind == TrackKind.Audio ? 0x0100 : 0).U16(0);
        Matrix(writer);
        writer.U32((uint)width << 16).U32((uint)height << 16).Close();
    }

    private static void Matrix(BoxWriter writer) => writer
        .U32(UnityFixed16).U32(0).U32(0)
        .U32(0).U32(UnityFixed16).U32(0)
        .U32(0).U32(0).U32(0x4000_0000);

    private static void Media(BoxWriter writer, TrackKind kind, uint timescale, Action<BoxWriter> sampleEntry)
    {
        var isVideo = kind == TrackKind.Video;
        writer.Open("mdia");
        writer.OpenFull("mdhd", 0, 0).U32(0).U32(0).U32(timescale).U32(0).U16(LanguageUndetermined).U16(0).Close();
        writer.OpenFull("hdlr", 0, 0).U32(0).Ascii(isVideo ? "vide" : "soun").Zeros(12).Ascii(isVideo ? "VideoHandler" : "SoundHandler").U8(0).Close();
        writer.Open("minf");
        if (isVideo)
        {
            writer.OpenFull("vmhd", 0, 1).Zeros(8).Close();
        }
        else
        {
            writer.OpenFull("smhd", 0, 0).Zeros(4).Close();
        }

        const uint DataIsInThisFile = 1;
        writer.Open("dinf").OpenFull("dref", 0, 0).U32(1).OpenFull("url ", 0, DataIsInThisFile).Close().Close().Close();
        writer.Open("stbl").OpenFull("stsd", 0, 0).U32(1);
        sampleEntry(writer);
        writer.Close();
        writer.OpenFull("stts", 0, 0).U32(0).Close();
        writer.OpenFull("stsc", 0, 0).U32(0).Close();
        writer.OpenFull("stsz", 0, 0).U32(0).U32(0).Close();
        writer.OpenFull("stco", 0, 0).U32(0).Close();
        writer.Close().Close().Close();
    }
}
