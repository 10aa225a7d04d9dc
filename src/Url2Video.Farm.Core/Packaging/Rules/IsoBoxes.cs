using System.Text;
using Url2Video.Farm.Core.Packaging.Cmaf;

namespace Url2Video.Farm.Core.Packaging.Rules;

/// <summary>Boxes as any muxer may write them (ISO/IEC 14496-12): lengths of 64 bits, and a last box without a length, too.</summary>
internal static class IsoBoxes
{
    /// <exception cref="InvalidDataException">The box says that it is longer than what it lies in, or shorter than its head.</exception>
    public static bool TryNext(scoped ref BoxReader reader, out string type, out ReadOnlySpan<byte> payload)
    {
        const uint ToTheEnd = 0, Long = 1;
        type = "";
        payload = default;
        if (reader.IsAtEnd)
        {
            return false;
        }

        var size = reader.U32();
        type = Encoding.Latin1.GetString(reader.Take(4));
        payload = reader.Take(size switch
        {
            ToTheEnd => reader.Left,
            Long => Checked(reader.U64()) - 16,
            _ => size - 8L,
        });
        return true;
    }

    public static bool TryChild(ReadOnlySpan<byte> container, string wanted, out ReadOnlySpan<byte> payload)
    {
        var reader = new BoxReader(container);
        while (TryNext(ref reader, out var type, out payload))
        {
            if (type == wanted)
            {
                return true;
            }
        }

        return false;
    }

    public static ReadOnlySpan<byte> Path(ReadOnlySpan<byte> container, params ReadOnlySpan<string> types)
    {
        foreach (var type in types)
        {
            container = TryChild(container, type, out var payload) ? payload : throw new InvalidDataException($"The box '{type}' is missing.");
        }

        return container;
    }

    /// <summary>How many children of this type there are.</summary>
    public static int Count(ReadOnlySpan<byte> container, string wanted)
    {
        var reader = new BoxReader(container);
        var count = 0;
        while (TryNext(ref reader, out var type, out _))
        {
            count += type == wanted ? 1 : 0;
        }

        return count;
    }

    /// <summary>A field of 32 bits in version 0 of a box and of 64 bits in version 1.</summary>
    public static long Sized(scoped ref BoxReader reader, int version) => version == 0 ? reader.U32() : Checked(reader.U64());

    private static long Checked(ulong value) => value <= long.MaxValue ? (long)value : throw new InvalidDataException("A length or a time is beyond 2^63.");
}
