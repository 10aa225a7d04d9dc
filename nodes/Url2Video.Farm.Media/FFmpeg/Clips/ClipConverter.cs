using System.Runtime.InteropServices;
using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Media.FFmpeg;

/// <summary>
/// Decoded frames of whatever format to our own pictures, upright and of a wanted size. What is ours already is copied; everything else
/// goes through swscale with the flags that give the same bits on every CPU, and through RGB where the matrix changes. Keeps its tables
/// and memory from frame to frame: all frames of a clip are alike.
/// </summary>
internal sealed unsafe class ClipConverter : IDisposable
{
    private readonly int _width, _height, _orientation;
    private readonly Rgb _ground;
    private readonly YuvImage? _lying;
    private Steps? _steps;

    /// <param name="width">Of the picture as it is seen, even.</param>
    /// <param name="height">Even.</param>
    internal ClipConverter(int width, int height, int orientation, Rgb ground)
    {
        (_width, _height) = orientation >= 5 ? (height, width) : (width, height);
        (_orientation, _ground) = (orientation, ground);
        _lying = orientation == 1 ? null : new YuvImage(_width, _height);
    }

    internal void Convert(AvFrame frame, CodecContext codec, YuvImage target)
    {
        var steps = _steps ??= StepsOf(frame, codec);
        if ((frame.Width, frame.Height, frame.Format) != (steps.Width, steps.Height, steps.Format))
        {
            throw new FFmpegException(FFmpegErrorKind.InvalidData, "Its pictures change their size or form in the middle.");
        }

        steps.Run(frame, _lying ?? target, _ground);
        if (_lying is not null)
        {
            Turn.Upright(_lying, target, _orientation);
        }
    }

    public void Dispose()
    {
        _steps?.Dispose();
        _lying?.Dispose();
    }

    private Steps StepsOf(AvFrame frame, CodecContext codec)
    {
        var name = Marshal.PtrToStringUTF8((nint)AvUtil.av_get_pix_fmt_name(frame.Format))
            ?? throw new FFmpegException(FFmpegErrorKind.InvalidData, "Its pictures have no form.");
        var colour = ClipColour.Of(codec, name, frame.Width, frame.Height);
        return new Steps(frame, name, colour, _width, _height);
    }

    /// <summary>The steps from one form and size to another.</summary>
    private sealed class Steps : IDisposable
    {
        private readonly SwsContext? _first, _second;
        private readonly AvFrame? _between;
        private readonly bool _hasAlpha, _isPacked;

        internal Steps(AvFrame frame, string name, ClipColour colour, int width, int height)
        {
            (Width, Height, Format) = (frame.Width, frame.Height, frame.Format);
            var target = SwsSide.Video(width, height);
            if (PixelFormats.MayHaveAlpha(name))
            {
                // Laid on its ground at its own size, then scaled: so unseen colours do not bleed into the rim.
                _hasAlpha = true;
                _isPacked = name == "bgra";
                var flat = SwsSide.Rgb(Width, Height, "bgra");
                _first = _isPacked ? null : SwsContext.Open(SourceOf(name, colour), flat);
                _between = AvFrame.AllocatePicture(Width, Height, flat.Format);
                _second = SwsContext.Open(flat with { Format = AvUtil.av_get_pix_fmt("bgr0") }, target);
                return;
            }

            if (name == "yuv420p" && colour.IsOurs && (Width, Height) == (width, height))
            {
                return;
            }

            var source = SourceOf(name, colour);
            if (PixelFormats.IsYuv(name) && colour.Matrix != SwsMatrix.Bt709)
            {
                var rgb = SwsSide.Rgb(width, height, "rgb24");
                _first = SwsContext.Open(source, rgb);
                _between = AvFrame.AllocatePicture(width, height, rgb.Format);
                _second = SwsContext.Open(rgb, target);
                return;
            }

            _first = SwsContext.Open(source, target);
        }

        internal int Width { get; }

        internal int Height { get; }

        internal int Format { get; }

        internal void Run(AvFrame frame, YuvImage target, Rgb ground)
        {
            var planes = new ImagePlanes(target);
            if (_first is null && _second is null)
            {
                frame.CopyTo(target);
            }
            else if (_second is null)
            {
                _first!.Convert(frame.Planes, frame.Strides, Height, planes.Pointers, planes.Strides);
            }
            else
            {
                _first?.Convert(frame.Planes, frame.Strides, Height, _between!.Planes, _between.Strides);
                if (_hasAlpha)
                {
                    AlphaGround.Lay(_isPacked ? frame : _between!, _between!, ground);
                }

                _second.Convert(_between!.Planes, _between.Strides, _between.Height, planes.Pointers, planes.Strides);
            }

            GC.KeepAlive(target);
        }

        public void Dispose()
        {
            _first?.Dispose();
            _second?.Dispose();
            _between?.Dispose();
        }

        private SwsSide SourceOf(string name, ClipColour colour)
        {
            if (!PixelFormats.IsYuv(name) && !name.StartsWith("nv", StringComparison.Ordinal) && !name.StartsWith("gray", StringComparison.Ordinal))
            {
                return SwsSide.Rgb(Width, Height, name);
            }

            var isHalved = name.Contains("420", StringComparison.Ordinal) || name.StartsWith("nv12", StringComparison.Ordinal);
            var isSited = colour.IsLeftSited && (isHalved || name.Contains("422", StringComparison.Ordinal));
            return new SwsSide(Width, Height, Format, colour.Matrix, colour.IsFull, isSited, HasChromaInEveryRow: !isHalved);
        }
    }
}
