using System.Collections.Immutable;
using System.Text;
using Url2Video.Farm.Core.Packaging.Cmaf;

namespace Url2Video.Farm.Core.Packaging.Rules;

/// <summary>What an init segment says, whoever wrote it.</summary>
/// <param name="MediaTime">Ticks before the first presented instant, from the edit list; less than 0 after an empty edit.</param>
/// <param name="HasPlainEdits">No edit, or one that only says where the media starts.</param>
/// <param name="Codecs">RFC 6381, from the bytes; null for an entry that is not known.</param>
/// <param name="Defaults">Duration, size and flags of a sample, from trex.</param>
internal sealed record FragmentInit(
    TrackKind Kind,
    uint TrackId,
    uint Timescale,
    long MediaTime,
    bool HasPlainEdits,
    string Entry,
    string? Codecs,
    int Width,
    int Height,
    int Tracks,
    ImmutableArray<string> Brands,
    (uint Duration, uint Bytes, uint Flags) Defaults)
{
    public bool IsEncrypted => Entry is "encv" or "enca";

    /// <exception cref="InvalidDataException">Not an init segment with pictures or sound.</exception>
    public static FragmentInit Read(ReadOnlySpan<byte> file)
    {
        var moov = IsoBoxes.Path(file, "moov");
        var trak = MainTrack(moov, out var kind);
        var (id, timescale) = (TrackIdOf(trak), Timed(IsoBoxes.Path(trak, "mdia", "mdhd")));
        var movie = Timed(IsoBoxes.Path(moov, "mvhd"));
        if (timescale == 0 || movie == 0)
        {
            throw new InvalidDataException("The timescale is 0.");
        }

        var (mediaTime, isPlain) = IsoBoxes.TryChild(trak, "edts", out var edts) && IsoBoxes.TryChild(edts, "elst", out var list)
            ? Edits(list, timescale, movie)
            : (0, true);
        var entries = new BoxReader(IsoBoxes.Path(trak, "mdia", "minf", "stbl", "stsd"));
        entries.Skip(8);
        if (!IsoBoxes.TryNext(ref entries, out var entry, out var description))
        {
            throw new InvalidDataException("The sample entry is missing.");
        }

        var (width, height) = kind == TrackKind.Video ? Size(description) : (0, 0);
        var brands = IsoBoxes.TryChild(file, "ftyp", out var ftyp) ? BrandsOf(ftyp) : [];
        return new FragmentInit(
            kind, id, timescale, mediaTime, isPlain, entry, CodecsOf(entry, description), width, height, IsoBoxes.Count(moov, "trak"), brands, DefaultsOf(moov, id));
    }

    internal static ImmutableArray<string> BrandsOf(ReadOnlySpan<byte> payload)
    {
        var reader = new BoxReader(payload);
        var brands = ImmutableArray.CreateBuilder<string>();
        brands.Add(Encoding.Latin1.GetString(reader.Take(4)));
        reader.Skip(4);
        while (reader.Left >= 4)
        {
            brands.Add(Encoding.Latin1.GetString(reader.Take(4)));
        }

        return brands.ToImmutable();
    }

    // Of a file with several tracks, the pictures.
    private static ReadOnlySpan<byte> MainTrack(ReadOnlySpan<byte> moov, out TrackKind kind)
    {
        ReadOnlySpan<byte> sound = default;
        var reader = new BoxReader(moov);
        kind = TrackKind.Video;
        while (IsoBoxes.TryNext(ref reader, out var type, out var trak))
        {
            if (type != "trak")
            {
                continue;
            }

            var handler = new BoxReader(IsoBoxes.Path(trak, "mdia", "hdlr"));
            handler.Skip(8);
            var name = Encoding.Latin1.GetString(handler.Take(4));
            if (name == "vide")
            {
                return trak;
            }

            sound = name == "soun" && sound.IsEmpty ? trak : sound;
        }

        kind = TrackKind.Audio;
        return sound.IsEmpty ? throw new InvalidDataException("There is no track of pictures or sound.") : sound;
    }

    private static uint TrackIdOf(ReadOnlySpan<byte> trak)
    {
        var reader = new BoxReader(IsoBoxes.Path(trak, "tkhd"));
        reader.Skip(reader.U8() == 0 ? 11 : 19);
        return reader.U32();
    }

    // mdhd and mvhd have their timescale at the same place.
    private static uint Timed(ReadOnlySpan<byte> header)
    {
        var reader = new BoxReader(header);
        reader.Skip(reader.U8() == 0 ? 11 : 19);
        return reader.U32();
    }

    private static (long MediaTime, bool IsPlain) Edits(ReadOnlySpan<byte> list, uint timescale, uint movie)
    {
        const int EditsRead = 4;
        var reader = new BoxReader(list);
        var version = reader.U8();
        reader.Skip(3);
        var (count, empty) = (reader.U32(), 0L);
        for (var index = 0; index < Math.Min(count, EditsRead); index++)
        {
            var length = IsoBoxes.Sized(ref reader, version);
            var start = version == 0 ? (int)reader.U32() : (long)reader.U64();
            reader.Skip(4);
            if (start >= 0)
            {
                return (start - empty, count == 1);
            }

            empty += (long)Int128.Min((Int128)length * timescale / movie, uint.MaxValue);
        }

        return (-empty, count == 0);
    }

    private static (uint, uint, uint) DefaultsOf(ReadOnlySpan<byte> moov, uint track)
    {
        var reader = new BoxReader(IsoBoxes.Path(moov, "mvex"));
        while (IsoBoxes.TryNext(ref reader, out var type, out var payload))
        {
            var trex = new BoxReader(payload);
            if (type == "trex" && trex.U32() == 0 && trex.U32() == track)
            {
                trex.Skip(4);
                return (trex.U32(), trex.U32(), trex.U32());
            }
        }

        throw new InvalidDataException("The box 'trex' of the track is missing.");
    }

    private static (int, int) Size(ReadOnlySpan<byte> entry)
    {
        var reader = new BoxReader(entry);
        reader.Skip(24);
        return (reader.U16(), reader.U16());
    }

    private static string? CodecsOf(string entry, ReadOnlySpan<byte> description)
    {
        const int VideoBytes = 78;
        if (entry == "mp4a")
        {
            return AacConfig.Codecs;
        }

        if (entry is "avc1" or "avc3" && IsoBoxes.Path(description[Math.Min(VideoBytes, description.Length)..], "avcC") is { Length: > 3 } avc)
        {
            return $"{entry}.{Convert.ToHexStringLower(avc[1..4])}";
        }

        return CodecRecords.BoxOf(entry) is { } box && entry != "avc1"
            ? CodecRecords.Codecs(entry, IsoBoxes.Path(description[Math.Min(VideoBytes, description.Length)..], box))
            : null;
    }
}
