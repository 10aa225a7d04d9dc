using Url2Video.Farm.Content;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Errors;
using Url2Video.Farm.Media.FFmpeg;

namespace Url2Video.Farm.Node.Work;

/// <summary>Judges untrusted image bytes: header first, by our own code, then a real decode with one chosen decoder and hard bounds.</summary>
internal sealed class ConfinedImageProbe : IImageProbe
{
    public ValueTask<ImageFacts> ProbeAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        try
        {
            var (width, height) = ImageDecoder.Check(bytes.Span, new ImageDecodeOptions { PixelsMax = Limits.ImagePixelsMax });
            return ValueTask.FromResult(new ImageFacts(width, height));
        }
        catch (FFmpegException e)
        {
            return ValueTask.FromException<ImageFacts>(new FarmException(MediaFaults.OfImage(e, "file"), e));
        }
    }
}
