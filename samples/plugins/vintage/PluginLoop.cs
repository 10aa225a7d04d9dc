using System.Buffers.Binary;
using System.Text;

namespace Vintage;

/// <summary>What the farm told before the first frame.</summary>
/// <param name="Values">The plugin's numbers by their names, in ten-thousandths.</param>
/// <param name="Memory">Where pictures lie; null: they come through the pipe.</param>
internal sealed record Hello(int Width, int Height, ulong Seed, IReadOnlyDictionary<string, int> Values, SharedMemory? Memory);

/// <summary>A picture: planes of Y, U and V after each other, rows without gaps; BT.709, Y 16..235, U and V 16..240.</summary>
internal readonly ref struct Picture(int width, int height, Span<byte> pixels)
{
    private readonly Span<byte> _pixels = pixels;

    public int Width { get; } = width;

    public int Height { get; } = height;

    public Span<byte> RowY(int y) => _pixels.Slice(y * Width, Width);

    public Span<byte> RowU(int y) => _pixels.Slice((Width * Height) + (y * (Width / 2)), Width / 2);

    public Span<byte> RowV(int y) => _pixels.Slice((Width * Height * 5 / 4) + (y * (Width / 2)), Width / 2);
}

/// <summary>Changes a picture in place.</summary>
internal delegate void Change(long frame, Picture picture);

/// <summary>
/// The protocol of a frame effect, to be taken into any plugin as it is: messages on standard input and output until the input ends. Standard output is for
/// messages alone; whatever is to be told people goes to standard error.
/// </summary>
internal static class PluginLoop
{
    private const uint Mark = 0x5056_3255; // "U2VP"
    private const int HelloKind = 1, ReadyKind = 2, FrameKind = 3, PictureKind = 4;
    private const int PipeProtocol = 1, MemoryProtocol = 2, NumberBytes = 8;

    /// <param name="create">Called once; gives what changes a picture in place, told the number of the frame.</param>
    public static int Run(string id, string version, Func<Hello, Change> create)
    {
        using var input = Console.OpenStandardInput();
        using var output = Console.OpenStandardOutput();
        if (Read(input) is not { Kind: HelloKind } first)
        {
            return 1;
        }

        var hello = HelloOf(first.Body);
        using var memory = hello.Memory;
        var change = create(hello);
        Write(output, ReadyKind, Ready(id, version, memory is null ? PipeProtocol : MemoryProtocol));
        while (Read(input) is { Kind: FrameKind } message)
        {
            // The number, and the picture where there is no memory for it; the answer has the same form.
            var pixels = memory is null ? message.Body.AsSpan(NumberBytes) : memory.Pixels;
            change(BinaryPrimitives.ReadInt64LittleEndian(message.Body), new Picture(hello.Width, hello.Height, pixels));
            Write(output, PictureKind, message.Body);
        }

        return 0;
    }

    private static (int Kind, byte[] Body)? Read(Stream input)
    {
        Span<byte> head = stackalloc byte[12];
        if (input.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) < head.Length)
        {
            return null; // The farm needs this plugin no more.
        }

        if (BinaryPrimitives.ReadUInt32LittleEndian(head) != Mark)
        {
            throw new InvalidDataException("This is no message of the farm.");
        }

        var body = new byte[BinaryPrimitives.ReadInt32LittleEndian(head[8..])];
        input.ReadExactly(body);
        return (BinaryPrimitives.ReadInt32LittleEndian(head[4..]), body);
    }

    private static void Write(Stream output, int kind, byte[] body)
    {
        // Head and number in one piece: they cross at once.
        Span<byte> start = stackalloc byte[12 + NumberBytes];
        var first = Math.Min(body.Length, NumberBytes);
        BinaryPrimitives.WriteUInt32LittleEndian(start, Mark);
        BinaryPrimitives.WriteInt32LittleEndian(start[4..], kind);
        BinaryPrimitives.WriteInt32LittleEndian(start[8..], body.Length);
        body.AsSpan(0, first).CopyTo(start[12..]);
        output.Write(start[..(12 + first)]);
        output.Write(body.AsSpan(first));
        output.Flush();
    }

    // Protocol, width, height, strides of luma and colour, rate (two numbers), seed (8 bytes), count, then name and value of each parameter; then the number of an open
    // file of memory and its bytes, both 0 where there is none.
    private static Hello HelloOf(ReadOnlySpan<byte> body)
    {
        if (BinaryPrimitives.ReadInt32LittleEndian(body) != MemoryProtocol)
        {
            throw new InvalidDataException($"The farm speaks protocol {BinaryPrimitives.ReadInt32LittleEndian(body)}, this plugin {MemoryProtocol}, as plugin.json says.");
        }

        var (width, height) = (BinaryPrimitives.ReadInt32LittleEndian(body[4..]), BinaryPrimitives.ReadInt32LittleEndian(body[8..]));
        var seed = BinaryPrimitives.ReadUInt64LittleEndian(body[28..]);
        var values = new Dictionary<string, int>();
        var rest = body[40..];
        for (var left = BinaryPrimitives.ReadInt32LittleEndian(body[36..]); left > 0; left--)
        {
            var name = Encoding.ASCII.GetString(rest.Slice(1, rest[0]));
            values[name] = BinaryPrimitives.ReadInt32LittleEndian(rest[(1 + name.Length)..]);
            rest = rest[(5 + name.Length)..];
        }

        var (number, bytes) = (BinaryPrimitives.ReadInt32LittleEndian(rest), BinaryPrimitives.ReadInt32LittleEndian(rest[4..]));
        return new Hello(width, height, seed, values, bytes > 0 ? new SharedMemory(number, bytes) : null);
    }

    private static byte[] Ready(string id, string version, int protocol)
    {
        var bytes = new MemoryStream();
        bytes.Write([(byte)protocol, 0, 0, 0]);
        foreach (var text in new[] { id, version })
        {
            bytes.WriteByte((byte)text.Length);
            bytes.Write(Encoding.UTF8.GetBytes(text));
        }

        return bytes.ToArray();
    }
}
