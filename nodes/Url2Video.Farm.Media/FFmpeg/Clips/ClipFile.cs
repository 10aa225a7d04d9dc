using Url2Video.Farm.Media.Composition;
using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Media.FFmpeg;

/// <summary>
/// A video or an animated GIF as pictures at moments: any moment may be asked for, and the answer depends on the file and the moment alone.
/// Asked in order of time, every picture is decoded once; backwards or far ahead, it goes on from the key picture before. Memory is that
/// of the decoder and three pictures, whatever the length. Not thread-safe.
/// </summary>
public sealed class ClipFile : IDisposable
{
    private readonly string _name;
    private readonly ClipReader _reader;
    private readonly ClipShape _shape;
    private ClipConverter? _converter;
    private YuvImage? _picture;
    private long _shown = long.MinValue;

    private ClipFile(string name, ClipReader reader, ClipShape shape, long codedPixels) =>
        (_name, _reader, _shape, CodedPixels) = (name, reader, shape, codedPixels);

    /// <summary>Of a picture as it is seen: turned upright, with square pixels, rounded to even.</summary>
    public int Width => _shape.Width;

    /// <inheritdoc cref="Width"/>
    public int Height => _shape.Height;

    /// <summary>Of a picture as it is decoded: what its decoder keeps several of.</summary>
    public long CodedPixels { get; }

    public bool HasSound => _reader.Decoder.HasSound;

    public ClipTimes Times => _reader.Decoder.Index.Times;

    /// <summary>Pictures decoded so far, those included that were only passed on the way.</summary>
    public long Decoded => _reader.Decoder.Decoded;

    /// <summary>Reads all packets and decodes the first picture.</summary>
    /// <param name="stream">Readable and seekable; disposed by this, whatever comes of it.</param>
    /// <param name="name">What it is called in errors, as the subject of a sentence.</param>
    /// <exception cref="ClipException">InvalidData for a file that is damaged, cut off or no clip; TooLarge; Unsupported.</exception>
    public static ClipFile Open(Stream stream, string name, ClipBounds bounds)
    {
        ClipReader? reader = null;
        try
        {
            reader = new ClipReader(new ClipDecoder(stream, bounds));
            var first = reader.FrameAt(reader.Decoder.Index.Times.FirstTick);
            var shape = ClipShape.Of(first.Width, first.Height, reader.Decoder.PixelShape, reader.Decoder.Orientation);
            ClipColour.Check(reader.Decoder.Codec);
            return new ClipFile(name, reader, shape, (long)first.Width * first.Height);
        }
        catch (FFmpegException e)
        {
            reader?.Dispose();

            // A worker that has just begun has memory: it is the header that asks for too much.
            throw Named(name, e.Kind == FFmpegErrorKind.OutOfMemory ? new FFmpegException(FFmpegErrorKind.InvalidData, $"It asks for more memory than a clip needs. {e.Message}") : e);
        }
        catch
        {
            reader?.Dispose();
            throw;
        }
    }

    /// <exception cref="ClipException">InvalidData when the part begins where the clip is over.</exception>
    public ClipClock ClockOf(ClipPart part, FrameRate rate) => ClipClock.IsWithin(part, Times)
        ? new ClipClock(part, rate, Times)
        : throw new ClipException(_name, new FFmpegException(FFmpegErrorKind.InvalidData, $"It is over before its part begins at {part.StartMillis} ms."));

    /// <summary>Says how large pictures are wanted. Must be called before the first one is asked for.</summary>
    /// <param name="width">Even; of the picture as it is seen.</param>
    /// <param name="height">Even.</param>
    /// <param name="ground">What is seen through transparent pixels.</param>
    public void Prepare(int width, int height, Rgb ground)
    {
        _converter?.Dispose();
        _picture?.Dispose();
        (_converter, _picture, _shown) = (new ClipConverter(width, height, _shape.Orientation, ground), new YuvImage(width, height), long.MinValue);
    }

    /// <summary>The last picture that begins at or before a tick; the first before that. It is this reader's, and good until the next call.</summary>
    /// <exception cref="ClipException">The data is damaged there.</exception>
    public YuvImage PictureAt(long tick)
    {
        try
        {
            return Shown(tick);
        }
        catch (FFmpegException e)
        {
            throw Named(_name, e);
        }
    }

    /// <summary>The key picture at or before a tick: cheap to reach, wherever it is.</summary>
    /// <inheritdoc cref="PictureAt"/>
    public YuvImage PictureNear(long tick) => PictureAt(_reader.Decoder.Index.KeyAt(tick).Tick);

    public void Dispose()
    {
        _converter?.Dispose();
        _picture?.Dispose();
        _reader.Dispose();
    }

    private YuvImage Shown(long tick)
    {
        if (_converter is null || _picture is null)
        {
            throw new InvalidOperationException("The clip was not prepared.");
        }

        var frame = _reader.FrameAt(tick);
        if (_reader.Tick != _shown)
        {
            _converter.Convert(frame, _reader.Decoder.Codec, _picture);
            _shown = _reader.Tick;
        }

        return _picture;
    }

    // Damaged bytes come back as many codes.
    private static ClipException Named(string name, FFmpegException e) =>
        new(name, e.Kind is FFmpegErrorKind.Other or FFmpegErrorKind.NotFound ? new FFmpegException(FFmpegErrorKind.InvalidData, e.Message) : e);
}
