using System.Buffers.Binary;
using System.Text;

namespace Url2Video.Farm.Core.Packaging.Cmaf;

/// <summary>Reads big-endian fields and boxes from untrusted bytes; never past their end.</summary>
internal ref struct BoxReader(ReadOnlySpan<byte> bytes)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;

    public int Position { get; private set; }

    public readonly bool IsAtEnd => Position == _bytes.Length;

    public readonly int Left => _bytes.Length - Position;

    /// <exception cref="InvalidDataException">Fewer bytes are left.</exception>
    public ReadOnlySpan<byte> Take(long count)
    {
        if (count < 0 || count > _bytes.Length - Position)
        {
            throw new InvalidDataException("A box ends too early.");
        }

        var span = _bytes.Slice(Position, (int)count);
        Position += (int)count;
        return span;
    }

    public void Skip(long count) => Take(count);

    public int U8() => Take(1)[0];

    public int U16() => BinaryPrimitives.ReadUInt16BigEndian(Take(2));

    public uint U32() => BinaryPrimitives.ReadUInt32BigEndian(Take(4));

    public ulong U64() => BinaryPrimitives.ReadUInt64BigEndian(Take(8));

    /// <summary>Reads the next box and gives its type and payload; false at the end.</summary>
    public bool TryBox(out string type, out ReadOnlySpan<byte> payload)
    {
        type = "";
        payload = default;
        if (IsAtEnd)
        {
            return false;
        }

        var size = U32();
        type = Encoding.ASCII.GetString(Take(4));
        payload = Take(size - 8L);
        return true;
    }

    /// <summary>The payload of the first child of this type, or an exception that names it.</summary>
    public static ReadOnlySpan<byte> Child(ReadOnlySpan<byte> container, string wanted)
    {
        var reader = new BoxReader(container);
        while (reader.TryBox(out var type, out var payload))
        {
            if (type == wanted)
            {
                return payload;
            }
        }

        throw new InvalidDataException($"The box '{wanted}' is missing.");
    }

    public static ReadOnlySpan<byte> Path(ReadOnlySpan<byte> container, params ReadOnlySpan<string> types)
    {
        foreach (var type in types)
        {
            container = Child(container, type);
        }

        return container;
    }
}
