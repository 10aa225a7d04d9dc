using System.Buffers.Binary;
using Url2Video.Farm.Core;
using Url2Video.Farm.Media.Composition;
using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Node.Plugins;

/// <summary>A plugin at work on the frames of one scene. Its pictures go through memory that both share when it knows how to, else through the pipe.</summary>
internal sealed class PluginFilter : IFrameFilter
{
    private const int NumberBytes = 8;
    private readonly PluginProcess _process;
    private readonly PluginMemory? _memory;
    private readonly int _frameMillisMax;
    private readonly byte[] _sent, _answer, _picture;

    /// <param name="process">Owned by this.</param>
    /// <param name="memory">That the process was started with; owned by this. Null: there is none.</param>
    public PluginFilter(PluginProcess process, PluginFolder plugin, PluginHello hello, PluginMemory? memory, int frameMillisMax = Limits.PluginFrameMillisMax)
    {
        (_process, _memory, _frameMillisMax) = (process, memory, frameMillisMax);
        var ready = new byte[PluginHello.ReadyOf(plugin.Manifest, PluginHello.PipeProtocol).Length];
        process.Ask(PluginMessageKind.Hello, hello.ToBytes(plugin.Manifest, memory), PluginMessageKind.Ready, ready, Limits.PluginStartMillisMax);
        if (memory is not null && !ready.AsSpan().SequenceEqual(PluginHello.ReadyOf(plugin.Manifest, PluginHello.MemoryProtocol)))
        {
            _memory = null;
            memory.Dispose();
        }

        if (_memory is null && !ready.AsSpan().SequenceEqual(PluginHello.ReadyOf(plugin.Manifest, PluginHello.PipeProtocol)))
        {
            throw process.Failed($"is ready as something else than {plugin.Manifest.Id} {plugin.Manifest.Version} of protocol {PluginHello.PipeProtocol}{(memory is null ? "" : $" or {PluginHello.MemoryProtocol}")}");
        }

        var bytes = PluginPicture.BytesOf(hello.Width, hello.Height);
        _picture = _memory is null ? [] : new byte[bytes];
        _sent = new byte[NumberBytes + (_memory is null ? bytes : 0)];
        _answer = new byte[_sent.Length];
    }

    public void Apply(long frame, YuvImage image)
    {
        BinaryPrimitives.WriteInt64LittleEndian(_sent, frame);
        if (_memory is not null)
        {
            PluginPicture.CopyOut(image, _picture);
            _memory.Write(_picture);
        }
        else
        {
            PluginPicture.CopyOut(image, _sent.AsSpan(NumberBytes));
        }

        _process.Ask(PluginMessageKind.Frame, _sent, PluginMessageKind.Picture, _answer, _frameMillisMax);
        if (BinaryPrimitives.ReadInt64LittleEndian(_answer) is var answered && answered != frame)
        {
            throw _process.Failed($"answered frame {answered} where frame {frame} was due");
        }

        if (_memory is not null)
        {
            _memory.Read(_picture);
            PluginPicture.CopyIn(_picture, image);
        }
        else
        {
            PluginPicture.CopyIn(_answer.AsSpan(NumberBytes), image);
        }
    }

    public void Dispose()
    {
        _process.Dispose();
        _memory?.Dispose();
    }
}
