using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Url2Video.Farm.Media.Pixels;
using static Url2Video.Farm.Media.FFmpeg.AvUtil;

namespace Url2Video.Farm.Media.FFmpeg;

/// <summary>
/// An AVFrame over the planes of a <see cref="YuvImage"/>, with no copy. The libraries would copy a frame that is not counted
/// by references, so the planes are wrapped in a counted buffer whose end frees nothing.
/// </summary>
internal sealed unsafe class LentPicture : IDisposable
{
    private const int ReadOnlyFlag = 1;

    // The place of AVFrame.buf moves between versions; an accessor says what it must hold, which finds it without a table.
    private static readonly Lazy<int> s_bufferOffset = new(FindBufferOffset);

    private readonly AvFrame _frame = AvFrame.Allocate();
    private readonly int _format = av_get_pix_fmt("yuv420p");
    private readonly int _bufferOffset = s_bufferOffset.Value;

    internal AvFrame Frame => _frame;

    private nint* Buffer => (nint*)(_frame.DangerousGetHandle() + _bufferOffset);

    /// <summary>Fills the frame's fields for <paramref name="image"/>, which must live until <see cref="TakeBack"/>.</summary>
    internal void Lend(YuvImage image)
    {
        var buffer = AvResult.CheckPointer(av_buffer_create(image.Y, (nuint)image.Bytes, &KeepMemory, 0, ReadOnlyFlag));
        _frame.SetShape(image.Width, image.Height, _format);
        *Buffer = buffer;
        var planes = _frame.Planes;
        var strides = _frame.Strides;
        planes[0] = image.Y;
        planes[1] = image.U;
        planes[2] = image.V;
        (strides[0], strides[1], strides[2]) = (image.StrideY, image.StrideC, image.StrideC);
    }

    /// <summary>Ends the loan.</summary>
    /// <returns>False when the encoder still holds the planes: they must not be changed or freed then.</returns>
    internal bool TakeBack()
    {
        var isFree = *Buffer == 0 || av_buffer_get_ref_count(*Buffer) == 1;
        av_frame_unref(_frame);
        return isFree;
    }

    public void Dispose() => _frame.Dispose();

    private static int FindBufferOffset()
    {
        // Behind the fields that never move, within the smallest AVFrame of any version.
        const int First = 160, End = 400;
        using var probe = AvFrame.AllocatePicture(64, 64, av_get_pix_fmt("gray"));
        var wanted = AvResult.CheckPointer(av_frame_get_plane_buffer(probe, 0));
        for (var offset = First; offset < End; offset += sizeof(nint))
        {
            if (*(nint*)(probe.DangerousGetHandle() + offset) == wanted)
            {
                return offset;
            }
        }

        throw new FFmpegException(FFmpegErrorKind.Unsupported, "The buffers of AVFrame were not found.");
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void KeepMemory(nint opaque, byte* data)
    {
        // The planes belong to the picture.
    }
}
