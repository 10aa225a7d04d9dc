using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Globalization;
using Url2Video.Farm.Core.Packaging.Cmaf;

namespace Url2Video.Farm.Core.Packaging.Rules;

/// <summary>What a sample entry of sound says (ISO/IEC 14496-12 section 12.2.3, 14496-1 section 7.2.6, 14496-3 section 1.6.2.1).</summary>
/// <param name="Codecs">RFC 6381 names that all mean this entry, the plainest first; empty for an entry that is not known.</param>
/// <param name="Channels">0 when it is not told, or only the decoder knows.</param>
internal readonly record struct AudioEntry(ImmutableArray<string> Codecs, int Channels)
{
    private const int LowComplexity = 2, BandReplication = 5, ParametricStereo = 29;

    /// <exception cref="InvalidDataException">It is cut off.</exception>
    public static AudioEntry Read(string entry, ReadOnlySpan<byte> description) => entry switch
    {
        "mp4a" => Mpeg4(description),
        "ac-3" or "ec-3" or "ac-4" or "Opus" or "fLaC" or "alac" => new([entry], 0),
        _ => new([], 0),
    };

    private static AudioEntry Mpeg4(ReadOnlySpan<byte> description)
    {
        // QuickTime's versions 1 and 2 have more fields before the boxes.
        const int VersionAt = 8;
        var head = description.Length < VersionAt + 2 ? 28 : BinaryPrimitives.ReadUInt16BigEndian(description[VersionAt..]) switch { 1 => 44, 2 => 64, _ => 28 };
        if (!IsoBoxes.TryChild(description[Math.Min(head, description.Length)..], "esds", out var esds))
        {
            return new([], 0);
        }

        var reader = new BoxReader(esds);
        reader.Skip(4);
        var stream = Descriptor(ref reader, tag: 3);
        var inner = new BoxReader(stream);
        inner.Skip(2);
        var flags = inner.U8();
        inner.Skip((flags & 0x80) == 0 ? 0 : 2);
        inner.Skip((flags & 0x40) == 0 ? 0 : inner.U8());
        inner.Skip((flags & 0x20) == 0 ? 0 : 2);
        var decoder = new BoxReader(Descriptor(ref inner, tag: 4));
        var type = decoder.U8();
        decoder.Skip(12);
        const int Mpeg4Audio = 0x40;
        return type == Mpeg4Audio ? Specific(Descriptor(ref decoder, tag: 5)) : new([string.Create(CultureInfo.InvariantCulture, $"mp4a.{type:X2}")], 0);
    }

    // AAC with band replication can be told in the open, behind, or not at all: all names of it are right, then.
    private static AudioEntry Specific(ReadOnlySpan<byte> config)
    {
        const int Extension = 0x2B7, ImplicitHertzMax = 24_000;
        try
        {
            var bits = new BitReader(config);
            var type = ObjectType(ref bits);
            var (hertz, channels) = (Hertz(ref bits), (int)bits.Bits(4));
            if (type is BandReplication or ParametricStereo)
            {
                return new(Names(type, type == ParametricStereo ? BandReplication : ParametricStereo), 0);
            }

            if (type != LowComplexity)
            {
                return new(Names(type), 0);
            }

            var isBehind = config.Length >= 4 && (config[2] << 3 | config[3] >> 5) == Extension;
            return isBehind || hertz <= ImplicitHertzMax
                ? new(Names(LowComplexity, BandReplication, ParametricStereo), 0)
                : new(Names(LowComplexity), channels == 7 ? 8 : channels);
        }
        catch (EndOfStreamException e)
        {
            throw new InvalidDataException(e.Message, e);
        }
    }

    private static int ObjectType(ref BitReader bits)
    {
        const int Escape = 31;
        var type = (int)bits.Bits(5);
        return type == Escape ? 32 + (int)bits.Bits(6) : type;
    }

    private static int Hertz(ref BitReader bits)
    {
        const int Explicit = 15;
        ReadOnlySpan<int> table = [96_000, 88_200, 64_000, 48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 12_000, 11_025, 8_000, 7_350];
        var index = (int)bits.Bits(4);
        return index == Explicit ? (int)bits.Bits(24) : index < table.Length ? table[index] : 0;
    }

    private static ImmutableArray<string> Names(params ReadOnlySpan<int> types)
    {
        var names = ImmutableArray.CreateBuilder<string>(types.Length);
        foreach (var type in types)
        {
            names.Add(string.Create(CultureInfo.InvariantCulture, $"mp4a.40.{type}"));
        }

        return names.MoveToImmutable();
    }

    // The length is in groups of seven bits, the highest bit says that one more follows.
    private static ReadOnlySpan<byte> Descriptor(ref BoxReader reader, int tag)
    {
        if (reader.U8() != tag)
        {
            throw new InvalidDataException($"The descriptor {tag} of esds is missing.");
        }

        var (length, more) = (0, true);
        for (var count = 0; more && count < 4; count++)
        {
            var part = reader.U8();
            length = length << 7 | part & 0x7F;
            more = (part & 0x80) != 0;
        }

        return reader.Take(length);
    }
}
