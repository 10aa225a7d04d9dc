using System.Globalization;
using Url2Video.Farm.Cluster.Artifacts;
using Url2Video.Farm.Cluster.Serialization;
using Url2Video.Farm.Core;
using Url2Video.Farm.Media.Composition;
using Url2Video.Farm.Media.FFmpeg;
using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Node.Work;

/// <summary>
/// The decoded pictures of a film, in its folder on this node: what one worker process has decoded the others map. It is no wall between films: workers write in all
/// scratch of their node, and what lies here is believed to be the picture it is named after (0013). Bounded; what is not there is decoded.
/// </summary>
internal sealed class PictureShelf(WorkContext context, int width, int height)
{
    private readonly ImageDecodeOptions _options = ArtifactPictures.OptionsFor(width, height);

    /// <summary>Null when it is not there, or has another size than its picture gives.</summary>
    /// <param name="facts">Of the picture's own header.</param>
    public YuvImage? Find(ArtifactId picture, PictureFacts facts)
    {
        if (PathOf(picture) is not { } path || PictureFile.TryMap(path) is not { } found)
        {
            return null;
        }

        if ((found.Width, found.Height) == (facts.Width, facts.Height))
        {
            return found;
        }

        found.Dispose();
        return null;
    }

    /// <summary>Puts a picture there for the others while there is room.</summary>
    /// <returns>What is used from now on: the copy that all share, or the picture itself. The other is gone.</returns>
    public DecodedPicture Keep(ArtifactId picture, DecodedPicture decoded)
    {
        var facts = new PictureFacts(decoded.Image.Width, decoded.Image.Height);
        if (PathOf(picture) is not { } path || decoded.Opacity is not null || !TryWrite(path, decoded.Image) || Find(picture, facts) is not { } shared)
        {
            return decoded;
        }

        decoded.Dispose();
        return new DecodedPicture(shared);
    }

    /// <summary>Decodes a picture to judge it, and keeps it while there is room.</summary>
    /// <exception cref="FFmpegException">As <see cref="ImageDecoder.Decode"/>.</exception>
    public void Judge(ArtifactId picture, ReadOnlySpan<byte> bytes, long pixelsMax)
    {
        var options = _options with { PixelsMax = pixelsMax };
        if (PathOf(picture) is not { } path || ImageNeed.Of(bytes, options) is not { HasOpacity: false } need || !HasRoom(path, need.Width, need.Height))
        {
            _ = ImageDecoder.Check(bytes, options);
            return;
        }

        using var decoded = ImageDecoder.Decode(bytes, options);
        _ = decoded.Opacity is null && TryWrite(path, decoded.Image);
    }

    private string? PathOf(ArtifactId picture) => context.FilmDir is { } folder && Sha256Text.IsOne(picture.Sha256)
        ? Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{picture.Sha256}-{_options.WidthMax}x{_options.HeightMax}.yuv"))
        : null;

    private static bool TryWrite(string path, YuvImage image)
    {
        try
        {
            if (!HasRoom(path, image.Width, image.Height))
            {
                return false;
            }

            PictureFile.Write(path, image);
            return true;
        }
        catch (Exception fault) when (IoFaults.IsKnown(fault))
        {
            return false; // A full disk, say: everybody decodes for himself.
        }
    }

    // What is there stays. To give the oldest up for the newest, a film of many large photos would write each again whenever one is shown.
    private static bool HasRoom(string path, int width, int height)
    {
        try
        {
            var others = new DirectoryInfo(Path.GetDirectoryName(path)!).EnumerateFiles().Where(f => f.FullName != path);
            return others.Sum(f => f.Length) + PictureFile.BytesOf(width, height) <= Limits.PictureShelfBytesMax;
        }
        catch (Exception fault) when (IoFaults.IsKnown(fault))
        {
            return false;
        }
    }
}
