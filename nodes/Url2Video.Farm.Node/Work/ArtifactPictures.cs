using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Errors;
using Url2Video.Farm.Media.Composition;
using Url2Video.Farm.Media.FFmpeg;

namespace Url2Video.Farm.Node.Work;

/// <summary>The pictures and clips of a film, named by their artifacts. Decoded no larger than a zoomed-in camera can show.</summary>
internal sealed class ArtifactPictures(WorkContext context, int width, int height, IEnumerable<ArtifactRef> pictures) : IPictureSource
{
    /// <summary>A camera that looks at a third of the picture still finds a pixel for each of the frame's.</summary>
    private const int ZoomMax = 3;

    private readonly Dictionary<string, ArtifactRef> _pictures = pictures.DistinctBy(p => p.Id).ToDictionary(p => p.Id.Sha256, StringComparer.Ordinal);
    private readonly Dictionary<string, PictureFacts> _facts = new(StringComparer.Ordinal);
    private readonly PictureShelf _shelf = new(context, width, height);

    public DecodedPicture Open(string pictureId) => Open(pictureId, isLayer: false);

    public DecodedPicture OpenLayer(string pictureId) => Open(pictureId, isLayer: true);

    // What lies on the shelf has no holes, so there is nothing to spread.
    private DecodedPicture Open(string pictureId, bool isLayer) => Read(_pictures[pictureId], artifact =>
    {
        if (_shelf.Find(artifact.Id, FactsOf(pictureId)) is { } shared)
        {
            return new DecodedPicture(shared);
        }

        var decoded = ImageDecoder.Decode(Bytes(artifact), OptionsFor(width, height) with { IsSpread = isLayer });
        return _shelf.Keep(artifact.Id, new DecodedPicture(decoded.Image, decoded.Opacity));
    });

    private static T Read<T>(ArtifactRef artifact, Func<ArtifactRef, T> read)
    {
        try
        {
            return read(artifact);
        }
        catch (FFmpegException e)
        {
            throw new FarmException(MediaFaults.OfImage(e, artifact.Id.Sha256[..12]), e);
        }
    }

    /// <summary>What a picture will be and take, from its header.</summary>
    public PictureFacts FactsOf(string pictureId)
    {
        if (!_facts.TryGetValue(pictureId, out var facts))
        {
            _facts.Add(pictureId, facts = Read(_pictures[pictureId], a => ImageNeed.Of(Bytes(a), OptionsFor(width, height))));
        }

        return facts;
    }

    /// <summary>How the pictures of a film are decoded.</summary>
    public static ImageDecodeOptions OptionsFor(int width, int height)
    {
        var side = Math.Min(ImageInfo.SideMax, Math.Max(width, height) * ZoomMax);
        return new ImageDecodeOptions { WidthMax = side, HeightMax = side };
    }

    public ClipFile OpenClip(Background.Clip clip) => ArtifactClips.Open(_pictures[clip.ClipId], clip.Name, context);

    private byte[] Bytes(ArtifactRef artifact)
    {
        if (artifact.Bytes > Limits.ImageBytesMax)
        {
            throw new FarmException(ErrorCodes.TooLarge, $"The image {artifact.Id} has {artifact.Bytes} bytes; at most {Limits.ImageBytesMax} are read.");
        }

        using var file = context.Artifacts.OpenRead(artifact);
        var bytes = new byte[artifact.Bytes];
        file.ReadExactly(bytes);
        return bytes;
    }
}
