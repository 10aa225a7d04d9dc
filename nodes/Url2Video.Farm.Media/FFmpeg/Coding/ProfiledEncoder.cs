using Url2Video.Farm.Media.Pixels;
using static Url2Video.Farm.Media.FFmpeg.AvCodec;

namespace Url2Video.Farm.Media.FFmpeg;

/// <summary>
/// Any encoder of <see cref="EncoderProfile"/>: HEVC, AV1, VP9, ProRes, PNG, and those of GPUs. BT.709, limited range (PNG: RGB). Packets come as the encoder
/// gives them; what a file needs of them is the caller's business. Not thread-safe.
/// </summary>
public sealed class ProfiledEncoder : IDisposable
{
    private const int IntraPicture = 1;

    private readonly CodecContext _encoder;
    private readonly AvPacket _packet;
    private readonly PictureFeed _feed;
    private readonly bool _isProRes;

    private ProfiledEncoder(string name, VideoEncoderOptions options)
    {
        Options = options;
        _isProRes = name == "prores_ks";
        QuietEncoders.Ensure();
        var profile = EncoderProfile.For(name, options);
        _encoder = CodecContext.Encoder(name);
        try
        {
            Configure(_encoder, options, profile);
            _encoder.Open();
            using var parameters = CodecParameters.Of(_encoder);
            Header = parameters.ExtraData.ToArray();
            _feed = new PictureFeed(options.Width, options.Height, profile.PixelFormat);
            _packet = AvPacket.Allocate();
        }
        catch
        {
            _feed?.Dispose();
            _encoder.Dispose();
            throw;
        }
    }

    public VideoEncoderOptions Options { get; }

    /// <summary>What the encoder says before its first picture (parameter sets, sequence header), as it says it; empty for codecs without.</summary>
    public ReadOnlyMemory<byte> Header { get; }

    /// <param name="encoder">FFmpeg's name.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
    /// <exception cref="FFmpegException">NotFound when FFmpeg or this house lacks the encoder; another kind when it does not open.</exception>
    public static ProfiledEncoder Open(string encoder, VideoEncoderOptions options) => new(encoder, options.Validated(crfMin: 0, crfMax: 63));

    /// <inheritdoc cref="VideoEncoder.Encode"/>
    public void Encode(YuvImage frame, long pts, PacketSink sink, bool forceKey = false)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual((frame.Width, frame.Height), (Options.Width, Options.Height), nameof(frame));
        AvLog.Clear();
        var picture = _feed.Fill(frame);
        picture.Pts = pts;
        picture.PictureType = forceKey ? IntraPicture : 0;
        AvResult.Check(avcodec_send_frame(_encoder, picture));
        Drain(sink);
    }

    /// <inheritdoc cref="VideoEncoder.Flush"/>
    public void Flush(PacketSink sink)
    {
        AvResult.Check(avcodec_send_frame(_encoder, 0));
        Drain(sink);
    }

    public void Dispose()
    {
        _packet.Dispose();
        _feed.Dispose();
        _encoder.Dispose();
    }

    private static void Configure(CodecContext encoder, VideoEncoderOptions options, EncoderProfile profile)
    {
        encoder.SetPicture(options, profile.PixelFormat);
        if (profile.PixelFormat != "rgb24")
        {
            encoder.SetBt709();
        }

        foreach (var (name, value) in profile.Settings)
        {
            encoder.Set(name, value);
        }
    }

    private void Drain(PacketSink sink)
    {
        while (_encoder.TryReceive(_packet))
        {
            if (_isProRes)
            {
                ProResHeader.SetBt709(_packet.Data);
            }

            sink(new EncodedPacket(_packet.Data, _packet.Pts, _packet.Dts, _packet.IsKey));
        }
    }
}
