using System.Globalization;
using Url2Video.Farm.Cluster.Artifacts;
using Url2Video.Farm.Cluster.Serialization;
using Url2Video.Farm.Core;
using Url2Video.Farm.Media.Composition;
using Url2Video.Farm.Media.FFmpeg;
using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Node.Work;

/// <summary>
/// The decoded pictures of a film, in its folder on this node: what one worker process has decoded the others map. Of one film alone, so that what a picture does
/// to its decoder reaches no other film. Bounded; what is not there is decoded.
/// </summary>
internal sealed class PictureShelf(WorkContext context, int width, int height)
{
    private readonly ImageDecodeOptions _options = ArtifactPictures.OptionsFor(width, height);

    /// <summary>Null when it is not there.</summary>
    public YuvImage? Find(ArtifactId picture) => PathOf(picture) is { } path ? PictureFile.TryMap(path) : null;

    /// <summary>Puts a picture there for the others, in the place of the oldest ones if need be.</summary>
    /// <returns>What is used from now on: the copy that all share, or the picture itself. The other is gone.</returns>
    public DecodedPicture Keep(ArtifactId picture, DecodedPicture decoded)
    {
        if (PathOf(picture) is not { } path || decoded.Opacity is not null || !TryWrite(path, decoded.Image, isOldGiven: true) || PictureFile.TryMap(path) is not { } shared)
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
        if (PathOf(picture) is not { } path || ImageNeed.Of(bytes, options) is not { HasOpacity: false } need || RoomIn(path) < PictureFile.BytesOf(need.Width, need.Height))
        {
            _ = ImageDecoder.Check(bytes, options);
            return;
        }

        using var decoded = ImageDecoder.Decode(bytes, options);
        _ = decoded.Opacity is null && TryWrite(path, decoded.Image, isOldGiven: false);
    }

    private string? PathOf(ArtifactId picture) => context.FilmDir is { } folder && Sha256Text.IsOne(picture.Sha256)
        ? Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{picture.Sha256}-{_options.WidthMax}x{_options.HeightMax}.yuv"))
        : null;

    private static bool TryWrite(string path, YuvImage image, bool isOldGiven)
    {
        try
        {
            if (isOldGiven)
            {
                MakeRoom(path, PictureFile.BytesOf(image.Width, image.Height));
            }

            if (RoomIn(path) < PictureFile.BytesOf(image.Width, image.Height))
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

    private static long RoomIn(string path)
    {
        try
        {
            return Limits.PictureShelfBytesMax - Others(path).Sum(f => f.Length);
        }
        catch (Exception fault) when (IoFaults.IsKnown(fault))
        {
            return 0;
        }
    }

    // A picture that is mapped stays with whoever has it.
    private static void MakeRoom(string path, long bytes)
    {
        var room = RoomIn(path);
        foreach (var old in Others(path).OrderBy(f => f.LastWriteTimeUtc))
        {
            if (room >= bytes)
            {
                return;
            }

            room += old.Length;
            old.Delete();
        }
    }

    private static IEnumerable<FileInfo> Others(string path) => new DirectoryInfo(Path.GetDirectoryName(path)!).EnumerateFiles().Where(f => f.FullName != path);
}
