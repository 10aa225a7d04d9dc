using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Text;
using Url2Video.Farm.Core.Plugins;

namespace Url2Video.Farm.Node.Plugins;

/// <summary>What a plugin is told before its first frame.</summary>
/// <param name="Values">In the order of the manifest's parameters.</param>
internal sealed record PluginHello(int Width, int Height, int RateNumerator, int RateDenominator, ulong Seed, ImmutableArray<int> Values)
{
    /// <summary>What a plugin answers that gets its pictures through the pipe.</summary>
    public const int PipeProtocol = 1;

    /// <summary>What a plugin answers that takes its pictures from shared memory.</summary>
    public const int MemoryProtocol = 2;

    /// <summary>
    /// Protocol (that of the plugin's manifest), width, height, bytes of a row of luma and of colour, rate as two numbers, seed (8 bytes), count; for each parameter the length of
    /// its name (1 byte), the name (ASCII) and its value in ten-thousandths. In protocol 2 then the number of an open file of memory and its bytes; both 0 where there is none.
    /// All numbers of 4 bytes but where said.
    /// </summary>
    public byte[] ToBytes(PluginManifest manifest, PluginMemory? memory)
    {
        var bytes = new MemoryStream();
        foreach (var number in (int[])[manifest.Protocol, Width, Height, Width, Width / 2, RateNumerator, RateDenominator])
        {
            Add(bytes, number);
        }

        Span<byte> seed = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(seed, Seed);
        bytes.Write(seed);
        Add(bytes, Values.Length);
        foreach (var (parameter, value) in manifest.Parameters.Zip(Values))
        {
            bytes.WriteByte((byte)parameter.Name.Length);
            bytes.Write(Encoding.ASCII.GetBytes(parameter.Name));
            Add(bytes, value);
        }

        if (manifest.Protocol >= MemoryProtocol)
        {
            Add(bytes, memory is null ? 0 : PluginMemory.NumberInPlugin);
            Add(bytes, memory?.Bytes ?? 0);
        }

        return bytes.ToArray();
    }

    /// <summary>What must come back: protocol, then id and version as length (1 byte) and UTF-8.</summary>
    public static byte[] ReadyOf(PluginManifest manifest, int protocol)
    {
        var bytes = new MemoryStream();
        Add(bytes, protocol);
        foreach (var text in (string[])[manifest.Id, manifest.Version])
        {
            var utf8 = Encoding.UTF8.GetBytes(text);
            bytes.WriteByte((byte)utf8.Length);
            bytes.Write(utf8);
        }

        return bytes.ToArray();
    }

    private static void Add(MemoryStream bytes, int number)
    {
        Span<byte> four = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(four, number);
        bytes.Write(four);
    }
}
