using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Media.FFmpeg;

/// <summary>
/// Our pictures in a frame that an encoder may hold on to, in the format that it wants. The frame is used again when nobody holds it; else the libraries give it
/// fresh memory.
/// </summary>
internal sealed unsafe class PictureFeed : IDisposable
{
    private readonly AvFrame _frame;
    private readonly SwsContext? _context;

    internal PictureFeed(int width, int height, string pixelFormat)
    {
        var format = AvUtil.av_get_pix_fmt(pixelFormat);
        _frame = AvFrame.AllocatePicture(width, height, format);
        try
        {
            _context = pixelFormat == "yuv420p" ? null : SwsContext.Open(SwsSide.Video(width, height), Side(width, height, format, pixelFormat));
        }
        catch
        {
            _frame.Dispose();
            throw;
        }
    }

    /// <summary>The frame with the picture in it; valid until the next call.</summary>
    internal AvFrame Fill(YuvImage image)
    {
        AvResult.Check(AvUtil.av_frame_make_writable(_frame));
        if (_context is null)
        {
            Copy(image);
            return _frame;
        }

        var planes = new ImagePlanes(image);
        _context.Convert(planes.Pointers, planes.Strides, image.Height, _frame.Planes, _frame.Strides);
        GC.KeepAlive(image);
        return _frame;
    }

    public void Dispose()
    {
        _context?.Dispose();
        _frame.Dispose();
    }

    private static SwsSide Side(int width, int height, int format, string name) => name switch
    {
        "rgb24" => SwsSide.Rgb(width, height, name),
        // 4:2:2 has its chroma at the left columns too, but in every row; 4:4:4 at every sample.
        "yuv422p10le" => SwsSide.Video(width, height) with { Format = format, HasChromaInEveryRow = true },
        "yuv444p10le" => SwsSide.Video(width, height) with { Format = format, IsLeftSited = false },
        _ => throw new FFmpegException(FFmpegErrorKind.Unsupported, $"Pictures cannot be given as {name}."),
    };

    private void Copy(YuvImage image)
    {
        for (var y = 0; y < image.Height; y++)
        {
            image.RowY(y).CopyTo(new Span<byte>(_frame.Planes[0] + (nint)_frame.Strides[0] * y, image.Width));
        }

        for (var y = 0; y < image.Height / 2; y++)
        {
            image.RowU(y).CopyTo(new Span<byte>(_frame.Planes[1] + (nint)_frame.Strides[1] * y, image.Width / 2));
            image.RowV(y).CopyTo(new Span<byte>(_frame.Planes[2] + (nint)_frame.Strides[2] * y, image.Width / 2));
        }
    }
}
