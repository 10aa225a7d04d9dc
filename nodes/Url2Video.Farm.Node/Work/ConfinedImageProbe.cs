using System.Collections.Immutable;
using Url2Video.Farm.Content;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Errors;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Storyboards;
using Url2Video.Farm.Media.Composition;
using Url2Video.Farm.Media.FFmpeg;

namespace Url2Video.Farm.Node.Work;

/// <summary>Judges untrusted image bytes: header first, by our own code, then a real decode with one chosen decoder and hard bounds.</summary>
/// <param name="room">Of the workers of this node.</param>
internal sealed class ConfinedImageProbe(WorkContext context, SceneRoom room) : IImageProbe
{
    /// <summary>Of what cannot be read: that is told when it is decoded, with the place that names it.</summary>
    private static readonly PictureFacts s_unread = new(2, 2);

    /// <summary>An image that takes more is decoded alone: a process has memory for one of the largest.</summary>
    private const long LargeBytes = 128L * 1024 * 1024;

    /// <summary>Ingest looks at no more at the same time.</summary>
    private const int SmallAtOnceMax = 2;

    private static readonly SharedOrAlone s_decoding = new(SmallAtOnceMax);

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

    public async ValueTask RequireAsync(ArtifactId image, ReadOnlyMemory<byte> bytes, Canvas canvas, CancellationToken cancellation)
    {
        try
        {
            var isLarge = ImageNeed.Of(bytes.Span, ArtifactPictures.OptionsFor(canvas.Width, canvas.Height)).DecodeBytes > LargeBytes;
            using var place = await s_decoding.EnterAsync(isLarge, cancellation).ConfigureAwait(false);
            new PictureShelf(context, canvas.Width, canvas.Height).Judge(image, bytes.Span, Limits.ImagePixelsMax);
        }
        catch (FFmpegException e)
        {
            throw new FarmException(MediaFaults.OfImage(e, "file"), e);
        }
    }

    public async ValueTask<ImmutableArray<string?>> JudgeSizesAsync(Storyboard storyboard, IArtifactIo io, CancellationToken cancellation)
    {
        var (facts, canvas) = (new Dictionary<string, PictureFacts>(StringComparer.Ordinal), storyboard.Canvas);
        foreach (var asset in PictureAssets.Of(storyboard).Concat(BrandAssets.Of(storyboard)).Select(p => p.Asset).OfType<VisualAsset.Resolved>())
        {
            if (!facts.ContainsKey(asset.Artifact.Id.Sha256))
            {
                facts[asset.Artifact.Id.Sha256] = asset.Artifact.Bytes > Limits.ImageBytesMax
                    ? s_unread
                    : Header(await io.ReadAsync(asset.Artifact, Limits.ImageBytesMax, cancellation).ConfigureAwait(false), canvas);
            }
        }

        // On a farm the dispatcher finds a node with room, and tells people when there is none.
        var slots = SceneMemoryCheck.SlotsOf(storyboard);
        if (room.OthersMayHaveMore)
        {
            return SceneMemoryCheck.NeedsOf(storyboard, slots, canvas.Width, canvas.Height, canvas.Fps, id => facts[id]);
        }

        SceneMemoryCheck.Require(storyboard, slots, canvas.Width, canvas.Height, canvas.Fps, id => facts[id], room);
        return [.. storyboard.Scenes.Select(_ => (string?)null)];
    }

    private static PictureFacts Header(byte[] bytes, Canvas canvas)
    {
        try
        {
            return ImageNeed.Of(bytes, ArtifactPictures.OptionsFor(canvas.Width, canvas.Height));
        }
        catch (FFmpegException)
        {
            return s_unread;
        }
    }
}
