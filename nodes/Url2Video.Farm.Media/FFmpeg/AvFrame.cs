using Url2Video.Farm.Media.Pixels;
using static Url2Video.Farm.Media.FFmpeg.AvLayout;
using static Url2Video.Farm.Media.FFmpeg.AvUtil;

namespace Url2Video.Farm.Media.FFmpeg;

/// <summary>An AVFrame: a picture, or up to a few thousand samples. Only the head of the structure is touched.</summary>
internal sealed unsafe class AvFrame : AvHandle
{
    private const int Alignment = 64;

    private AvFrame(nint owned) : base(owned) { }

    internal int Width => At<int>(FrameWidth);

    internal int Height => At<int>(FrameHeight);

    /// <summary>Samples per channel.</summary>
    internal int Samples => At<int>(FrameSamples);

    /// <summary>AVPixelFormat or AVSampleFormat.</summary>
    internal int Format => At<int>(FrameFormat);

    internal ref long Pts => ref At<long>(FramePts);

    /// <summary>0 lets the encoder choose; 1 asks for an intra frame.</summary>
    internal ref int PictureType => ref At<int>(FFmpegLibrary.Layout.FramePictureType);

    /// <summary>The eight plane pointers.</summary>
    internal byte** Planes => (byte**)(handle + FrameData);

    /// <summary>The eight row strides in bytes.</summary>
    internal int* Strides => (int*)(handle + FrameLineSize);

    internal static AvFrame Allocate() => new(AvResult.CheckPointer(av_frame_alloc()));

    /// <summary>A picture with memory of its own.</summary>
    internal static AvFrame AllocatePicture(int width, int height, int format)
    {
        var frame = Allocate();
        try
        {
            frame.SetShape(width, height, format);
            AvResult.Check(av_frame_get_buffer(frame, Alignment));
            return frame;
        }
        catch
        {
            frame.Dispose();
            throw;
        }
    }

    /// <summary>Says what picture the planes hold, without giving them memory.</summary>
    internal void SetShape(int width, int height, int format) =>
        (At<int>(FrameWidth), At<int>(FrameHeight), At<int>(FrameFormat)) = (width, height, format);

    /// <summary>Copies a picture in yuv420p of the same size.</summary>
    internal void CopyTo(YuvImage target)
    {
        for (var y = 0; y < target.Height; y++)
        {
            Row(0, y, target.Width).CopyTo(target.RowY(y));
        }

        for (var y = 0; y < target.Height / 2; y++)
        {
            Row(1, y, target.Width / 2).CopyTo(target.RowU(y));
            Row(2, y, target.Width / 2).CopyTo(target.RowV(y));
        }
    }

    private ReadOnlySpan<byte> Row(int plane, int y, int bytes) => new(Planes[plane] + ((nint)Strides[plane] * y), bytes);

    protected override void Free(nint owned) => av_frame_free(ref owned);

    private ref T At<T>(int offset) where T : unmanaged
    {
        ObjectDisposedException.ThrowIf(IsClosed, this);
        return ref *(T*)(handle + offset);
    }
}
