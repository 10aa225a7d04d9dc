using System.Collections.Immutable;

namespace Url2Video.Farm.Core.Packaging.Cmaf;

/// <summary>nal_unit_type values (ITU-T H.264 table 7-1) that packaging tells apart.</summary>
internal static class AvcNal
{
    public const int Slice = 1;
    public const int IdrSlice = 5;
    public const int Sei = 6;
    public const int Sps = 7;
    public const int Pps = 8;
    public const int Delimiter = 9;
    public const int Filler = 12;
}

/// <summary>The byte stream format of H.264 Annex B: NAL units between start codes.</summary>
public static class AnnexB
{
    /// <summary>The NAL units of a byte stream, without start codes and trailing zeros, in order.</summary>
    public static ImmutableArray<Range> Units(ReadOnlySpan<byte> stream)
    {
        var units = ImmutableArray.CreateBuilder<Range>();
        var start = NextCode(stream, 0);
        while (start < stream.Length)
        {
            var first = start + 3;
            var next = NextCode(stream, first);
            var end = next;
            while (end > first && stream[end - 1] == 0)
            {
                end--;
            }

            if (end > first)
            {
                units.Add(first..end);
            }

            start = next;
        }

        return units.ToImmutable();
    }

    internal static int TypeOf(ReadOnlySpan<byte> unit) => unit[0] & 0x1F;

    private static int NextCode(ReadOnlySpan<byte> stream, int from)
    {
        var offset = from < stream.Length ? stream[from..].IndexOf([(byte)0, (byte)0, (byte)1]) : -1;
        return offset < 0 ? stream.Length : from + offset;
    }
}
