using System.Buffers.Binary;
using System.Text;

namespace Vintage;

/// <summary>What the farm told before the first frame.</summary>
/// <param name="Values">The plugin's numbers by their names, in ten-thousandths.</param>
internal sealed record Hello(int Width, int Height, ulong Seed, IReadOnlyDictionary<string, int> Values);

/// <summary>A picture: planes of Y, U and V after each other, rows without gaps; BT.709, Y 16..235, U and V 16..240.</summary>
internal sealed class Picture(int width, int height, byte[] block, int start)
{
    public int Width { get; } = width;

    public int Height { get; } = height;

    public Span<byte> RowY(int y) => block.AsSpan(start + (y * Width), Width);

    public Span<byte> RowU(int y) => block.AsSpan(start + (Width * Height) + (y * (Width / 2)), Width / 2);

    public Span<byte> RowV(int y) => block.AsSpan(start + (Width * Height * 5 / 4) + (y * (Width / 2)), Width / 2);
}

/// <summary>
/// The protocol of a frame effect, to be taken into any plugin as it is: messages on standard input and output until the input ends. Standard output is for
/// messages alone; whatever is to be told people goes to standard error.
/// </summary>
internal static class PluginLoop
{
    private const uint Mark = 0x5056_3255; // "U2VP"
    private const int HelloKind = 1, ReadyKind = 2, FrameKind = 3, PictureKind = 4;
    private const int Protocol = 1, NumberBytes = 8;

    /// <param name="create">Called once; gives what changes a picture in place, told the number of the frame.</param>
    public static int Run(string id, string version, Func<Hello, Action<long, Picture>> create)
    {
        using var input = Console.OpenStandardInput();
        using var output = Console.OpenStandardOutput();
        if (Read(input) is not { Kind: HelloKind } first)
        {
            return 1;
        }

        var hello = HelloOf(first.Body);
        var change = create(hello);
        Write(output, ReadyKind, Ready(id, version));
        while (Read(input) is { Kind: FrameKind } message)
        {
            change(BinaryPrimitives.ReadInt64LittleEndian(message.Body), new Picture(hello.Width, hello.Height, message.Body, NumberBytes));
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
        Span<byte> head = stackalloc byte[12];
        BinaryPrimitives.WriteUInt32LittleEndian(head, Mark);
        BinaryPrimitives.WriteInt32LittleEndian(head[4..], kind);
        BinaryPrimitives.WriteInt32LittleEndian(head[8..], body.Length);
        output.Write(head);
        output.Write(body);
        output.Flush();
    }

    // Protocol, width, height, strides of luma and colour, rate (two numbers), seed (8 bytes), count, then name and value of each parameter.
    private static Hello HelloOf(ReadOnlySpan<byte> body)
    {
        if (BinaryPrimitives.ReadInt32LittleEndian(body) != Protocol)
        {
            throw new InvalidDataException($"The farm speaks protocol {BinaryPrimitives.ReadInt32LittleEndian(body)}, this plugin {Protocol}.");
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

        return new Hello(width, height, seed, values);
    }

    private static byte[] Ready(string id, string version)
    {
        var bytes = new MemoryStream();
        bytes.Write([Protocol, 0, 0, 0]);
        foreach (var text in new[] { id, version })
        {
            bytes.WriteByte((byte)text.Length);
            bytes.Write(Encoding.UTF8.GetBytes(text));
        }

        return bytes.ToArray();
    }
}
