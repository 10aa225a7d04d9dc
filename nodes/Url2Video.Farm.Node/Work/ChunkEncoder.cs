using System.Collections.Immutable;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Packaging.Cmaf;
using Url2Video.Farm.Core.Planning;
using Url2Video.Farm.Media.FFmpeg;
using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Node.Work;

/// <summary>Encodes one rung of one chunk and cuts it into CMAF segments. Holds the chunk's coded pictures, a few megabytes.</summary>
internal sealed class ChunkEncoder : IDisposable
{
    private readonly ChunkSlot _chunk;
    private readonly Rational _fps;
    private readonly RungCoder _coder;
    private readonly VideoScaler? _scaler;
    private readonly YuvImage? _scaled;
    private readonly List<CodedSample> _samples;

    /// <param name="gopFrames">0: as streams have them.</param>
    public ChunkEncoder(Rung rung, ChunkSlot chunk, Rational fps, int width, int height, int gopFrames = 0)
    {
        (_chunk, _fps, _samples) = (chunk, fps, new List<CodedSample>(chunk.Frames));
        _coder = RungCoder.Open(rung, fps, gopFrames == 0 ? ChunkGrid.SegmentFrames(fps) : gopFrames);
        if ((rung.Width, rung.Height) != (width, height))
        {
            _scaler = new VideoScaler(width, height, rung.Width, rung.Height);
            _scaled = new YuvImage(rung.Width, rung.Height);
        }
    }

    /// <param name="frame">Counted from the first frame of the chunk, growing by one.</param>
    public void Encode(YuvImage picture, long frame)
    {
        var isSegmentStart = _chunk.Segments.Any(s => s.FirstFrame - _chunk.FirstFrame == frame);
        if (_scaler is null)
        {
            _coder.Encode(picture, frame, isSegmentStart, _samples);
            return;
        }

        _scaler.Scale(picture, _scaled!);
        _coder.Encode(_scaled!, frame, isSegmentStart, _samples);
    }

    /// <summary>Ends the chunk.</summary>
    /// <returns>The init segment, the RFC 6381 codec string, and the media segments in order.</returns>
    public (byte[] Init, string Codecs, ImmutableArray<byte[]> Segments) Finish()
    {
        _coder.Flush(_samples);
        var config = _coder.Config;
        var segments = CmafVideo.Segments(_chunk, _fps, config, System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_samples));
        return (CmafVideo.Init(config, _fps), config.Codecs, segments);
    }

    public void Dispose()
    {
        _scaled?.Dispose();
        _scaler?.Dispose();
        _coder.Dispose();
    }
}
