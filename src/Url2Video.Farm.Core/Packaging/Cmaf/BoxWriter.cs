using System.Buffers.Binary;
using System.Text;

namespace Url2Video.Farm.Core.Packaging.Cmaf;

/// <summary>Writes ISO base media boxes (ISO/IEC 14496-12) into memory; sizes are filled in when a box is closed.</summary>
internal sealed class BoxWriter(int bytesExpected = 1024)
{
    private readonly Stack<int> _open = new();
    private byte[] _buffer = new byte[bytesExpected];

    public int Position { get; private set; }

    /// <summary>Opens a box; every Open has its <see cref="Close"/>.</summary>
    /// <param name="type">Four ASCII characters.</param>
    public BoxWriter Open(string type)
    {
        _open.Push(Position);
        return U32(0).Ascii(type);
    }

    /// <summary>Opens a box that starts with a version and 24 bits of flags.</summary>
    public BoxWriter OpenFull(string type, byte version, uint flags) => Open(type).U32(((uint)version << 24) | flags);

    public BoxWriter Close()
    {
        var start = _open.Pop();
        PatchU32(start, (uint)(Position - start));
        return this;
    }

    public BoxWriter U8(int value)
    {
        Take(1)[0] = checked((byte)value);
        return this;
    }

    public BoxWriter U16(int value)
    {
        BinaryPrimitives.WriteUInt16BigEndian(Take(2), checked((ushort)value));
        return this;
    }

    public BoxWriter U32(uint value)
    {
        BinaryPrimitives.WriteUInt32BigEndian(Take(4), value);
        return this;
    }

    public BoxWriter U64(ulong value)
    {
        BinaryPrimitives.WriteUInt64BigEndian(Take(8), value);
        return this;
    }

    public BoxWriter Zeros(int bytes)
    {
        Take(bytes).Clear();
        return this;
    }

    public BoxWriter Ascii(string text)
    {
        Encoding.ASCII.GetBytes(text, Take(text.Length));
        return this;
    }

    public BoxWriter Bytes(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Take(bytes.Length));
        return this;
    }

    public void PatchU32(int position, uint value) => BinaryPrimitives.WriteUInt32BigEndian(_buffer.AsSpan(position, 4), value);

    /// <summary>Everything written. All boxes must be closed.</summary>
    public byte[] ToArray() => _open.Count == 0
        ? _buffer.AsSpan(0, Position).ToArray()
        : throw new InvalidOperationException("A box is still open.");

    private Span<byte> Take(int count)
    {
        if (_buffer.Length - Position < count)
        {
            Array.Resize(ref _buffer, Math.Max(_buffer.Length * 2, Position + count));
        }

        var span = _buffer.AsSpan(Position, count);
        Position += count;
        return span;
    }
}
