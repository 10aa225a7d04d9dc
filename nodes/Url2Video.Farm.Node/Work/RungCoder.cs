using Url2Video.Farm.Core.Packaging.Cmaf;
using Url2Video.Farm.Core.Planning;
using Url2Video.Farm.Media.FFmpeg;
using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Node.Work;

/// <summary>One encoder of one rung, with what files of its codec need of its packets.</summary>
internal abstract class RungCoder : IDisposable
{
    /// <summary>Known at the latest when the last picture is coded.</summary>
    public abstract IVideoConfig Config { get; }

    public abstract void Encode(YuvImage picture, long frame, bool isSegmentStart, List<CodedSample> samples);

    public abstract void Flush(List<CodedSample> samples);

    public abstract void Dispose();

    public static RungCoder Open(Rung rung, Core.Rational fps, int gopFrames)
    {
        var options = new VideoEncoderOptions
        {
            Width = rung.Width,
            Height = rung.Height,
            FpsNum = (int)fps.Numerator,
            FpsDen = (int)fps.Denominator,
            Crf = rung.Crf,
            Preset = rung.Preset,
            GopFrames = gopFrames,
            IsInOrder = rung.Codec == VideoCodec.H264InOrder,
        };
        return CodecTable.EncoderOf(rung.Codec, rung.IsNvenc) is var encoder && encoder == "libx264"
            ? new X264Coder(options)
            : new ProfiledCoder(encoder, rung, fps, options);
    }
}

/// <summary>H.264 by x264.</summary>
internal sealed class X264Coder(VideoEncoderOptions options) : RungCoder
{
    private readonly VideoEncoder _encoder = VideoEncoder.Open(options);

    public override IVideoConfig Config => AvcConfig.From(_encoder.ParameterSets.AvcC.Span);

    public override void Encode(YuvImage picture, long frame, bool isSegmentStart, List<CodedSample> samples) =>
        _encoder.Encode(picture, frame, Sink(samples), isSegmentStart);

    public override void Flush(List<CodedSample> samples) => _encoder.Flush(Sink(samples));

    public override void Dispose() => _encoder.Dispose();

    private static PacketSink Sink(List<CodedSample> samples) => packet => samples.Add(new CodedSample(packet.Data.ToArray(), packet.Pts, packet.IsKey));
}

/// <summary>Every other codec, and H.264 by a GPU.</summary>
internal sealed class ProfiledCoder(string encoder, Rung rung, Core.Rational fps, VideoEncoderOptions options) : RungCoder
{
    private readonly ProfiledEncoder _encoder = ProfiledEncoder.Open(encoder, options);

    public override IVideoConfig Config => rung.Codec switch
    {
        VideoCodec.H264 => AvcConfig.From(_encoder.Header.Span),
        VideoCodec.Hevc => HevcConfig.From(_encoder.Header.Span, rung.Width, rung.Height),
        VideoCodec.Av1 => Av1Config.From(_encoder.Header.Span),
        VideoCodec.Vp9 => new Vp9Config(rung.Width, rung.Height, fps),
        VideoCodec.ProRes422 or VideoCodec.ProRes4444 => new ProResConfig(ProResConfig.TypeOf(rung.Codec, rung.Preset), rung.Width, rung.Height),
        VideoCodec.Png => new PngConfig(rung.Width, rung.Height),
        _ => throw new InvalidOperationException($"{rung.Codec} is not made by {encoder}."),
    };

    public override void Encode(YuvImage picture, long frame, bool isSegmentStart, List<CodedSample> samples) =>
        _encoder.Encode(picture, frame, Sink(samples), isSegmentStart);

    public override void Flush(List<CodedSample> samples) => _encoder.Flush(Sink(samples));

    public override void Dispose() => _encoder.Dispose();

    private PacketSink Sink(List<CodedSample> samples) => packet => samples.Add(rung.Codec switch
    {
        VideoCodec.H264 => CodedSample.FromAnnexB(packet.Data, packet.Pts),
        VideoCodec.Hevc => HevcConfig.Sample(packet.Data, packet.Pts),
        VideoCodec.Av1 => Av1Config.Sample(packet.Data, packet.Pts, packet.IsKey),
        VideoCodec.Vp9 => new CodedSample(packet.Data.ToArray(), packet.Pts, packet.IsKey),
        _ => new CodedSample(packet.Data.ToArray(), packet.Pts, IsKey: true), // Every picture stands alone.
    });
}
