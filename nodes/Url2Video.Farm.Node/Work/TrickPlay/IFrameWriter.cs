using System.Collections.Immutable;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Packaging.Cmaf;
using Url2Video.Farm.Core.Packaging.TrickPlay;
using Url2Video.Farm.Core.Planning;
using Url2Video.Farm.Media.FFmpeg;
using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Node.Work.TrickPlay;

/// <summary>Encodes pictures as key pictures, each for itself, into one track file with a fragment for each.</summary>
internal sealed class IFrameWriter : IDisposable
{
    private readonly VideoEncoder _encoder;
    private readonly FileStream _file;
    private readonly AvcConfig _config;
    private readonly int _initBytes;
    private readonly long _frames;
    private readonly Rational _fps;
    private readonly ImmutableArray<int>.Builder _bytes = ImmutableArray.CreateBuilder<int>();
    private long _encoded;

    /// <param name="frames">Of the film.</param>
    /// <param name="path">Does not exist yet.</param>
    public IFrameWriter(Rung rung, long frames, Rational fps, string path)
    {
        (_frames, _fps) = (frames, fps);
        _encoder = VideoEncoder.Open(new VideoEncoderOptions
        {
            Width = rung.Width,
            Height = rung.Height,
            FpsNum = (int)fps.Numerator,
            FpsDen = checked((int)fps.Denominator * IFrameGrid.StepFrames(fps)),
            Crf = rung.Crf,
            GopFrames = 1,
            IsInOrder = true,
        });
        try
        {
            _config = AvcConfig.From(_encoder.ParameterSets.AvcC.Span);
            _file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None);
            var init = CmafVideo.Init(_config, fps);
            _file.Write(init);
            _initBytes = init.Length;
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Pictures come in the order of <see cref="IFrameGrid"/>.</summary>
    public void Add(YuvImage picture) => _encoder.Encode(picture, _encoded++, Write, forceKey: true);

    /// <summary>Ends the file; its artifact is for the caller to make.</summary>
    public IFrameFile Finish()
    {
        _encoder.Flush(Write);
        _file.Flush();
        return new IFrameFile(_config.Codecs, _config.Width, _config.Height, default, _initBytes, _bytes.ToImmutable());
    }

    public void Dispose()
    {
        _file?.Dispose();
        _encoder.Dispose();
    }

    private void Write(EncodedPacket packet)
    {
        if (!packet.IsKey || packet.Pts != _bytes.Count)
        {
            throw new FFmpegException(FFmpegErrorKind.InvalidData, $"Picture {_bytes.Count} was not encoded as a key picture in its place.");
        }

        var fragment = CmafIFrames.Fragment(_bytes.Count, _frames, _fps, packet.Data.ToArray());
        _file.Write(fragment);
        _bytes.Add(fragment.Length);
    }
}
