using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Url2Video.Farm.Core.Packaging.Cmaf;

namespace Url2Video.Farm.Core.Packaging.Rules;

/// <summary>What an init segment says, whoever wrote it.</summary>
/// <param name="MediaTime">Ticks before the first presented instant, from the edit list; less than 0 after an empty edit.</param>
/// <param name="HasPlainEdits">No edit, or one that only says where the media starts.</param>
/// <param name="Codecs">RFC 6381 names that all mean the entry, from the bytes; empty for an entry that is not known.</param>
/// <param name="Channels">Of sound; 0 when it is not told.</param>
/// <param name="Defaults">Duration, size and flags of a sample, from trex.</param>
/// <param name="LengthBytes">Of the length before every NAL unit of H.264 and HEVC.</param>
internal sealed record FragmentInit(
    MediaKind Kind,
    uint TrackId,
    uint Timescale,
    long MediaTime,
    bool HasPlainEdits,
    string Entry,
    ImmutableArray<string> Codecs,
    int Width,
    int Height,
    int Channels,
    int Tracks,
    ImmutableArray<string> Brands,
    (uint Duration, uint Bytes, uint Flags) Defaults,
    int LengthBytes = 4)
{
    private const int BrandsRead = 32;

    public bool IsEncrypted => Entry is "encv" or "enca";

    /// <exception cref="InvalidDataException">Not an init segment with pictures, sound or text.</exception>
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

        var (width, height) = kind == MediaKind.Video ? Size(description) : (0, 0);
        var sound = kind == MediaKind.Audio ? AudioEntry.Read(entry, description) : default;
        var codecs = kind switch
        {
            MediaKind.Video => VideoCodecs(entry, description),
            MediaKind.Audio => sound.Codecs,
            _ => entry is "stpp" or "wvtt" ? [entry] : [],
        };
        var brands = IsoBoxes.TryChild(file, "ftyp", out var ftyp) ? BrandsOf(ftyp) : [];
        return new FragmentInit(
            kind, id, timescale, mediaTime, isPlain, entry, codecs, width, height, sound.Channels, IsoBoxes.Count(moov, "trak"), brands, DefaultsOf(moov, id),
            kind == MediaKind.Video ? LengthBytesOf(entry, description) : 4);
    }

    internal static ImmutableArray<string> BrandsOf(ReadOnlySpan<byte> payload)
    {
        var reader = new BoxReader(payload);
        var brands = ImmutableArray.CreateBuilder<string>();
        brands.Add(Encoding.Latin1.GetString(reader.Take(4)));
        reader.Skip(4);
        while (reader.Left >= 4 && brands.Count < BrandsRead)
        {
            brands.Add(Encoding.Latin1.GetString(reader.Take(4)));
        }

        return brands.ToImmutable();
    }

    // Of a file with several tracks, the pictures; then the sound.
    private static ReadOnlySpan<byte> MainTrack(ReadOnlySpan<byte> moov, out MediaKind kind)
    {
        ReadOnlySpan<byte> sound = default, text = default;
        var reader = new BoxReader(moov);
        kind = MediaKind.Video;
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
            text = name is "text" or "subt" && text.IsEmpty ? trak : text;
        }

        kind = sound.IsEmpty ? MediaKind.Text : MediaKind.Audio;
        return !sound.IsEmpty ? sound : !text.IsEmpty ? text : throw new InvalidDataException("There is no track of pictures, sound or text.");
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
            if (start > long.MaxValue / 4)
            {
                throw new InvalidDataException("An edit starts beyond 2^61.");
            }

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

    private const int VideoEntryBytes = 78;

    private static int LengthBytesOf(string entry, ReadOnlySpan<byte> description)
    {
        var (box, at) = entry switch { "avc1" or "avc3" => ("avcC", 4), "hvc1" or "hev1" => ("hvcC", 21), _ => ("", 0) };
        return box.Length > 0 && IsoBoxes.Path(description[VideoEntryBytes..], box) is var record && record.Length > at ? (record[at] & 3) + 1 : 4;
    }

    private static ImmutableArray<string> VideoCodecs(string entry, ReadOnlySpan<byte> description)
    {
        var boxes = description[Math.Min(VideoEntryBytes, description.Length)..];
        switch (entry)
        {
            case "avc1" or "avc3":
                return IsoBoxes.Path(boxes, "avcC") is { Length: > 3 } avc ? [$"{entry}.{Convert.ToHexStringLower(avc[1..4])}"] : throw new InvalidDataException("avcC is cut off.");
            case "hvc1" or "hev1":
                return [entry + CodecRecords.Codecs("hvc1", IsoBoxes.Path(boxes, "hvcC"))[4..]];
            case "av01":
                return [CodecRecords.Codecs(entry, IsoBoxes.Path(boxes, "av1C"))];
            case "vp09":
                return IsoBoxes.Path(boxes, "vpcC") is { Length: > 6 } vp ? [string.Create(CultureInfo.InvariantCulture, $"vp09.{vp[4]:D2}.{vp[5]:D2}.{vp[6] >> 4:D2}")] : throw new InvalidDataException("vpcC is cut off.");
            default:
                return [];
        }
    }
}
