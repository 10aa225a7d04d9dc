using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using static Url2Video.Farm.Media.FFmpeg.AvFormat;

namespace Url2Video.Farm.Media.FFmpeg;

/// <summary>Lets libavformat read a <see cref="Stream"/>: no path and no protocol of the library is involved.</summary>
internal sealed unsafe class AvioReader : AvHandle
{
    private const int BufferBytes = 64 * 1024;
    private const int SizeQuestion = 0x10000;
    private const int ForceFlag = 0x20000;
    private const int InputError = -5;
    private GCHandle _self;

    private AvioReader(nint owned, Source source, GCHandle self) : base(owned) => (State, _self) = (source, self);

    private Source State { get; }

    /// <summary>The pointer for AVFormatContext.pb; valid while this reader is not disposed.</summary>
    internal nint Pointer => handle;

    /// <summary>What the stream threw inside a callback, if it did: the real cause of a failed read.</summary>
    internal Exception? Fault => State.Fault;

    internal static AvioReader Open(Stream stream)
    {
        var source = new Source(stream);
        var self = GCHandle.Alloc(source);
        var buffer = AvUtil.av_malloc(BufferBytes);
        var context = buffer == 0 ? 0 : avio_alloc_context(buffer, BufferBytes, 0, GCHandle.ToIntPtr(self), &Read, 0, &Seek);
        if (context == 0)
        {
            AvUtil.av_free(buffer);
            self.Free();
        }

        return new AvioReader(AvResult.CheckPointer(context, nameof(avio_alloc_context)), source, self);
    }

    protected override void Free(nint owned)
    {
        // The library may have replaced the buffer by a larger one; it never frees it itself.
        AvUtil.av_free(*(nint*)(owned + AvLayout.IoBuffer));
        avio_context_free(ref owned);
        _self.Free();
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Read(nint opaque, byte* buffer, int bytes)
    {
        var source = (Source)GCHandle.FromIntPtr(opaque).Target!;
        try
        {
            var read = source.Stream.Read(new Span<byte>(buffer, bytes));
            return read > 0 ? read : AvResult.EndOfFile;
        }
        catch (Exception e)
        {
            source.Fault = e; // Must not fly through native frames.
            return InputError;
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static long Seek(nint opaque, long offset, int whence)
    {
        var source = (Source)GCHandle.FromIntPtr(opaque).Target!;
        try
        {
            return (whence & ~ForceFlag) == SizeQuestion
                ? source.Stream.Length
                : source.Stream.Seek(offset, (SeekOrigin)(whence & ~ForceFlag));
        }
        catch (Exception e)
        {
            source.Fault = e;
            return InputError;
        }
    }

    private sealed class Source(Stream stream)
    {
        internal Stream Stream { get; } = stream;

        internal Exception? Fault { get; set; }
    }
}
