using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Media.FFmpeg;

/// <summary>
/// Makes the frames of a lower rung from those of the tallest: bicubic, the same bits on every CPU. Keeps its tables from
/// frame to frame. Not thread-safe.
/// </summary>
public sealed unsafe class VideoScaler : IDisposable
{
    private readonly SwsContext _context;
    private readonly (int Width, int Height) _source;
    private readonly (int Width, int Height) _target;

    /// <param name="sourceWidth">Luma pixels, even.</param>
    /// <param name="sourceHeight">Luma pixels, even.</param>
    /// <param name="targetWidth">Luma pixels, even.</param>
    /// <param name="targetHeight">Luma pixels, even.</param>
    public VideoScaler(int sourceWidth, int sourceHeight, int targetWidth, int targetHeight)
    {
        (_source, _target) = ((sourceWidth, sourceHeight), (targetWidth, targetHeight));
        FFmpegLibrary.EnsureLoaded();
        _context = SwsContext.Open(SwsSide.Video(sourceWidth, sourceHeight), SwsSide.Video(targetWidth, targetHeight));
    }

    /// <summary>Fills <paramref name="target"/> with the scaled <paramref name="source"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A picture has not the size this scaler was made for.</exception>
    public void Scale(YuvImage source, YuvImage target)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual((source.Width, source.Height), _source, nameof(source));
        ArgumentOutOfRangeException.ThrowIfNotEqual((target.Width, target.Height), _target, nameof(target));
        var from = new ImagePlanes(source);
        var to = new ImagePlanes(target);
        _context.Convert(from.Pointers, from.Strides, source.Height, to.Pointers, to.Strides);
        GC.KeepAlive(source);
        GC.KeepAlive(target);
    }

    public void Dispose() => _context.Dispose();
}
