using System.Globalization;
using Url2Video.Farm.Media.Pixels;
using static Url2Video.Farm.Media.FFmpeg.AvCodec;

namespace Url2Video.Farm.Media.FFmpeg;

/// <summary>
/// H.264 by libx264 with a pinned profile: the bytes depend on the options and the frames alone, not on the CPU, the
/// run or the content of other chunks, so that chunks encoded anywhere join under one init segment. Not thread-safe.
/// </summary>
public sealed class VideoEncoder : IDisposable
{
    private const int IntraPicture = 1;
    private readonly CodecContext _encoder;
    private readonly AvPacket _packet;
    private readonly LentPicture _picture;
    private byte[] _units = new byte[64 * 1024];

    private VideoEncoder(VideoEncoderOptions options)
    {
        Options = options;
        _encoder = CodecContext.Encoder("libx264");
        try
        {
            Configure(_encoder, options);
            _encoder.Open();
            using var parameters = CodecParameters.Of(_encoder);
            ParameterSets = H264ParameterSets.Parse(parameters.ExtraData);
            _picture = new LentPicture();
            _packet = AvPacket.Allocate();
        }
        catch
        {
            _picture?.Dispose();
            _encoder.Dispose();
            throw;
        }
    }

    public VideoEncoderOptions Options { get; }

    /// <summary>Known from the start, and equal for every chunk with the same size, rate and preset.</summary>
    public H264ParameterSets ParameterSets { get; }

    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
    /// <exception cref="FFmpegException">NotFound when FFmpeg has no libx264; Other for an unknown preset or tuning.</exception>
    public static VideoEncoder Open(VideoEncoderOptions options) => new(options.Validated());

    /// <summary>Encodes one frame; it may be reused as soon as this returns.</summary>
    /// <param name="pts">In frames, growing.</param>
    /// <param name="sink">Gets the packets that are ready, which are mostly those of earlier frames.</param>
    /// <param name="forceKey">Asks for a key frame here, besides those of the GOP length.</param>
    public void Encode(YuvImage frame, long pts, PacketSink sink, bool forceKey = false)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual((frame.Width, frame.Height), (Options.Width, Options.Height), nameof(frame));
        AvLog.Clear();
        bool isBack;
        _picture.Lend(frame);
        try
        {
            _picture.Frame.Pts = pts;
            _picture.Frame.PictureType = forceKey ? IntraPicture : 0;
            AvResult.Check(avcodec_send_frame(_encoder, _picture.Frame));
            Drain(sink);
        }
        finally
        {
            isBack = _picture.TakeBack();
            GC.KeepAlive(frame);
        }

        // x264 copies the planes at once; were it not so, the caller's next frame would change this one unseen.
        if (!isBack)
        {
            throw new FFmpegException(FFmpegErrorKind.Unsupported, "This build of libx264 keeps the planes of the frames it is given.");
        }
    }

    /// <summary>Gives the packets still inside; the encoder is at its end after that.</summary>
    public void Flush(PacketSink sink)
    {
        AvResult.Check(avcodec_send_frame(_encoder, 0));
        Drain(sink);
    }

    public void Dispose()
    {
        _packet.Dispose();
        _picture.Dispose();
        _encoder.Dispose();
    }

    private static void Configure(CodecContext encoder, VideoEncoderOptions options)
    {
        var gop = options.GopFrames.ToString(CultureInfo.InvariantCulture);
        encoder
            .SetPicture(options, "yuv420p")
            .SetBt709()
            .Set("preset", options.Preset)
            .Set("profile", "high")
            .Set("crf", options.Crf)
            .Set("forced-idr", 1)
            // Reciprocal tables of mbtree differ between CPUs; header fields differ between contents without stitchable.
            .Set("x264-params", $"cpu-independent=1:stitchable=1:keyint={gop}:min-keyint={gop}:scenecut=0:open-gop=0:force-cfr=1");
        if (options.IsInOrder)
        {
            encoder.Set("bf", 0);
        }

        if (options.Tune is { } tune)
        {
            encoder.Set("tune", tune);
        }
    }

    private void Drain(PacketSink sink)
    {
        while (_encoder.TryReceive(_packet))
        {
            var bytes = H264Nal.ToLengthPrefixed(_packet.Data, ref _units);
            sink(new EncodedPacket(_units.AsSpan(0, bytes), _packet.Pts, _packet.Dts, _packet.IsKey));
        }
    }
}
