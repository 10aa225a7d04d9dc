using System.Buffers.Binary;
using Url2Video.Farm.Core;
using Url2Video.Farm.Media.Composition;
using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Node.Plugins;

/// <summary>A plugin at work on the frames of one scene.</summary>
internal sealed class PluginFilter : IFrameFilter
{
    private const int NumberBytes = 8;
    private readonly PluginProcess _process;
    private readonly byte[] _sent, _answer;

    /// <param name="process">Owned by this.</param>
    public PluginFilter(PluginProcess process, PluginFolder plugin, PluginHello hello)
    {
        _process = process;
        _sent = new byte[NumberBytes + (hello.Width * hello.Height * 3 / 2)];
        _answer = new byte[_sent.Length];
        var (wanted, ready) = (PluginHello.ReadyOf(plugin.Manifest), new byte[PluginHello.ReadyOf(plugin.Manifest).Length]);
        process.Ask(PluginMessageKind.Hello, hello.ToBytes(plugin.Manifest), PluginMessageKind.Ready, ready, Limits.PluginStartMillisMax);
        if (!ready.AsSpan().SequenceEqual(wanted))
        {
            throw process.Failed($"is ready as something else than {plugin.Manifest.Id} {plugin.Manifest.Version} of protocol {PluginHello.Protocol}");
        }
    }

    public void Apply(long frame, YuvImage image)
    {
        BinaryPrimitives.WriteInt64LittleEndian(_sent, frame);
        Copy(image, _sent.AsSpan(NumberBytes), isOut: true);
        _process.Ask(PluginMessageKind.Frame, _sent, PluginMessageKind.Picture, _answer, Limits.PluginFrameMillisMax);
        if (BinaryPrimitives.ReadInt64LittleEndian(_answer) is var answered && answered != frame)
        {
            throw _process.Failed($"answered frame {answered} where frame {frame} was due");
        }

        Copy(image, _answer.AsSpan(NumberBytes), isOut: false);
    }

    public void Dispose() => _process.Dispose();

    // The planes after each other, rows without gaps.
    private static void Copy(YuvImage image, Span<byte> block, bool isOut)
    {
        var at = 0;
        for (var y = 0; y < image.Height; y++)
        {
            Row(image.RowY(y), block, ref at, isOut);
        }

        for (var y = 0; y < image.Height / 2; y++)
        {
            Row(image.RowU(y), block, ref at, isOut);
        }

        for (var y = 0; y < image.Height / 2; y++)
        {
            Row(image.RowV(y), block, ref at, isOut);
        }
    }

    private static void Row(Span<byte> row, Span<byte> block, ref int at, bool isOut)
    {
        if (isOut)
        {
            row.CopyTo(block[at..]);
        }
        else
        {
            block.Slice(at, row.Length).CopyTo(row);
        }

        at += row.Length;
    }
}
