using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;

namespace Url2Video.Farm.Core.Packaging.Cmaf;

/// <summary>What an init segment says.</summary>
/// <param name="MediaTime">Ticks before the first presented instant, from the edit list.</param>
/// <param name="Codecs">RFC 6381, from the bytes.</param>
/// <param name="ConfigSha256">Hash of avcC, hvcC, av1C or esds: segments fit this init when their encoder's equals it.</param>
/// <param name="Channels">0 for video.</param>
public sealed record CmafInit(
    TrackKind Kind,
    uint Timescale,
    uint MediaTime,
    string Codecs,
    string ConfigSha256,
    int Width,
    int Height,
    int Channels,
    ImmutableArray<string> Brands);

/// <param name="Offset">Of the sample's bytes in the file.</param>
/// <param name="Duration">Ticks.</param>
/// <param name="CompositionOffset">Ticks, added to the decoding time.</param>
public readonly record struct CmafSample(int Offset, int Bytes, uint Duration, uint Flags, uint CompositionOffset);

/// <summary>What a media segment says.</summary>
/// <param name="DecodeTime">tfdt in ticks.</param>
public sealed record CmafSegment(uint Sequence, ulong DecodeTime, ImmutableArray<CmafSample> Samples, ImmutableArray<string> Brands)
{
    public ulong Duration => Samples.Aggregate(0UL, (sum, s) => sum + s.Duration);
}

/// <summary>
/// Reads back the CMAF that this farm writes, and refuses all else: a check of what nodes hand in, not a general demuxer.
/// </summary>
public static class CmafReader
{
    private const int SamplesPerSegmentMax = 65_536;

    /// <exception cref="InvalidDataException">Not an init segment of this farm's kind.</exception>
    public static CmafInit ReadInit(ReadOnlySpan<byte> file)
    {
        var moov = BoxReader.Child(file, "moov");
        var trak = BoxReader.Child(moov, "trak");
        var mdia = BoxReader.Child(trak, "mdia");
        BoxReader.Path(moov, "mvex", "trex");
        var header = new BoxReader(BoxReader.Child(mdia, "mdhd"));
        header.Skip(12);
        var timescale = header.U32();
        var edits = new BoxReader(BoxReader.Path(trak, "edts", "elst"));
        edits.Skip(4);
        if (edits.U32() != 1)
        {
            throw new InvalidDataException("There must be exactly one edit.");
        }

        edits.Skip(4);
        var mediaTime = edits.U32();
        var entries = new BoxReader(BoxReader.Path(mdia, "minf", "stbl", "stsd"));
        entries.Skip(8);
        if (!entries.TryBox(out var type, out var entry))
        {
            throw new InvalidDataException("The sample entry is missing.");
        }

        var brands = Brands(BoxReader.Child(file, "ftyp"));
        return type switch
        {
            "mp4a" => Audio(entry, timescale, mediaTime, brands),
            _ when CodecRecords.BoxOf(type) is { } box => Video(type, box, entry, timescale, mediaTime, brands),
            _ => throw new InvalidDataException($"The sample entry '{type}' is not known."),
        };
    }

    /// <summary>Ticks a second of the track, whatever it is coded with.</summary>
    /// <exception cref="InvalidDataException">Not an init segment.</exception>
    public static uint ReadTimescale(ReadOnlySpan<byte> init)
    {
        var header = new BoxReader(BoxReader.Path(BoxReader.Child(init, "moov"), "trak", "mdia", "mdhd"));
        header.Skip(12);
        return header.U32();
    }

    /// <exception cref="InvalidDataException">Not a media segment of this farm's kind.</exception>
    public static CmafSegment ReadSegment(ReadOnlySpan<byte> file)
    {
        var reader = new BoxReader(file);
        Expect(ref reader, "styp", out var styp);
        var moofStart = reader.Position;
        Expect(ref reader, "moof", out var moof);
        var mdatStart = reader.Position + 8;
        Expect(ref reader, "mdat", out var mdat);
        if (!reader.IsAtEnd)
        {
            throw new InvalidDataException("A segment ends after its mdat.");
        }

        var header = new BoxReader(BoxReader.Child(moof, "mfhd"));
        header.Skip(4);
        var traf = BoxReader.Child(moof, "traf");
        var time = new BoxReader(BoxReader.Child(traf, "tfdt"));
        if (time.U32() != 0x0100_0000)
        {
            throw new InvalidDataException("tfdt must have version 1.");
        }

        var samples = Samples(BoxReader.Child(traf, "trun"), mdatStart - moofStart, mdatStart, mdat.Length);
        return new CmafSegment(header.U32(), time.U64(), samples, Brands(styp));
    }

    /// <summary>True when the sample holds an IDR slice (NAL type 5).</summary>
    public static bool IsIdr(ReadOnlySpan<byte> file, CmafSample sample)
    {
        var units = new BoxReader(file.Slice(sample.Offset, sample.Bytes));
        while (!units.IsAtEnd)
        {
            var unit = units.Take(units.U32());
            if (unit.Length > 0 && AnnexB.TypeOf(unit) == AvcNal.IdrSlice)
            {
                return true;
            }
        }

        return false;
    }

    private static ImmutableArray<CmafSample> Samples(ReadOnlySpan<byte> run, int dataOffset, int mdatStart, int mdatBytes)
    {
        var reader = new BoxReader(run);
        if (reader.U32() != 0xF01)
        {
            throw new InvalidDataException("trun must be version 0 with every field of a sample.");
        }

        var count = reader.U32();
        if (count is 0 or > SamplesPerSegmentMax || reader.U32() != dataOffset)
        {
            throw new InvalidDataException("trun does not fit its mdat.");
        }

        var samples = ImmutableArray.CreateBuilder<CmafSample>((int)count);
        var used = 0L;
        for (var index = 0; index < count; index++)
        {
            var (duration, bytes, flags, composition) = (reader.U32(), reader.U32(), reader.U32(), reader.U32());
            if (used + bytes > mdatBytes)
            {
                throw new InvalidDataException("A sample lies outside of mdat.");
            }

            samples.Add(new CmafSample(mdatStart + (int)used, (int)bytes, duration, flags, composition));
            used += bytes;
        }

        return used == mdatBytes && reader.IsAtEnd ? samples.MoveToImmutable() : throw new InvalidDataException("mdat holds more than the samples.");
    }

    private static CmafInit Video(string type, string box, ReadOnlySpan<byte> entry, uint timescale, uint mediaTime, ImmutableArray<string> brands)
    {
        const int FixedBytes = 78;
        var reader = new BoxReader(entry);
        reader.Skip(24);
        var (width, height) = (reader.U16(), reader.U16());
        reader.Skip(FixedBytes - 28);
        var record = BoxReader.Child(reader.Take(entry.Length - FixedBytes), box);
        return new CmafInit(TrackKind.Video, timescale, mediaTime, CodecRecords.Codecs(type, record), Hash(record), width, height, 0, brands);
    }

    private static CmafInit Audio(ReadOnlySpan<byte> entry, uint timescale, uint mediaTime, ImmutableArray<string> brands)
    {
        const int FixedBytes = 28;
        var reader = new BoxReader(entry);
        reader.Skip(16);
        var channels = reader.U16();
        reader.Skip(FixedBytes - 18);
        var esds = BoxReader.Child(reader.Take(entry.Length - FixedBytes), "esds");
        return new CmafInit(TrackKind.Audio, timescale, mediaTime, AacConfig.Codecs, Hash(esds), 0, 0, channels, brands);
    }

    private static ImmutableArray<string> Brands(ReadOnlySpan<byte> payload)
    {
        var reader = new BoxReader(payload);
        var brands = ImmutableArray.CreateBuilder<string>();
        brands.Add(Encoding.ASCII.GetString(reader.Take(4)));
        reader.Skip(4);
        while (!reader.IsAtEnd)
        {
            brands.Add(Encoding.ASCII.GetString(reader.Take(4)));
        }

        return brands.ToImmutable();
    }

    private static void Expect(ref BoxReader reader, string wanted, out ReadOnlySpan<byte> payload)
    {
        if (!reader.TryBox(out var type, out payload) || type != wanted)
        {
            throw new InvalidDataException($"The box '{wanted}' is expected here.");
        }
    }

    private static string Hash(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
