using Url2Video.Farm.Cluster.Artifacts;
using Url2Video.Farm.Cluster.Tests.Fakes;
using Url2Video.Farm.Core;
using Url2Video.Farm.Media.Composition;
using Url2Video.Farm.Media.FFmpeg;
using Url2Video.Farm.Media.Pixels;
using Url2Video.Farm.Node;
using Url2Video.Farm.Node.Work;

namespace Url2Video.Farm.Cluster.Tests.Work.Pictures;

public sealed class PictureShelfTests : IDisposable
{
    private const int Width = 64;
    private const int Height = 36;

    private readonly TemporaryFolder _folder = new();
    private readonly ArtifactStore _store;

    public PictureShelfTests()
    {
        _store = new ArtifactStore(_folder["artifacts"]);
        Directory.CreateDirectory(_folder["film"]);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Open_ASecondTime_IsWhatTheFirstDecoded()
    {
        var photo = await PhotoAsync(240, 160);
        using var first = Pictures(photo).Open(photo.Id.Sha256);
        Assert.Equal((192, 128), (first.Image.Width, first.Image.Height)); // Three times the frame.

        // Not decoded again: what lies under the name is taken.
        using var mark = new YuvImage(192, 128);
        mark.Fill(1, 2, 3);
        PictureFile.Write(Directory.GetFiles(_folder["film"]).Single(), mark);
        using var second = Pictures(photo).Open(photo.Id.Sha256);

        AssertSame(mark, second.Image);
    }

    /// <summary>Whoever plans memory by the header of a picture must not be given a larger one.</summary>
    [Fact]
    public async Task Open_AnotherSizeLiesThere_IsDecoded()
    {
        var photo = await PhotoAsync(240, 160);
        using var first = Pictures(photo).Open(photo.Id.Sha256);
        using var larger = new YuvImage(194, 128);
        PictureFile.Write(Directory.GetFiles(_folder["film"]).Single(), larger);

        using var second = Pictures(photo).Open(photo.Id.Sha256);

        AssertSame(first.Image, second.Image);
    }

    [Fact]
    public async Task Open_ForAnotherFrame_IsDecodedForThatFrame()
    {
        var photo = await PhotoAsync(240, 160);
        Pictures(photo).Open(photo.Id.Sha256).Dispose();

        using var smaller = new ArtifactPictures(Context(), 32, 18, [photo]).Open(photo.Id.Sha256);

        Assert.Equal((96, 64), (smaller.Image.Width, smaller.Image.Height));
    }

    [Fact]
    public async Task Open_WithoutAFolder_IsDecodedEachTime()
    {
        var photo = await PhotoAsync(240, 160);
        var pictures = new ArtifactPictures(Context() with { FilmDir = null }, Width, Height, [photo]);

        using var one = pictures.Open(photo.Id.Sha256);
        using var two = pictures.Open(photo.Id.Sha256);

        AssertSame(one.Image, two.Image);
        Assert.Empty(Directory.GetFiles(_folder["film"]));
    }

    [Fact]
    public async Task Judge_KeepsThePictureForTheRender()
    {
        var photo = await PhotoAsync(240, 160);
        var bytes = await File.ReadAllBytesAsync(_store.PathOf(photo));

        new PictureShelf(Context(), Width, Height).Judge(photo.Id, bytes, Limits.ImagePixelsMax);

        using var kept = new PictureShelf(Context(), Width, Height).Find(photo.Id, new PictureFacts(192, 128))!;
        using var decoded = ImageDecoder.Decode(bytes, ArtifactPictures.OptionsFor(Width, Height));
        AssertSame(decoded.Image, kept);
    }

    [Fact]
    public void Judge_OfWhatIsNoImage_SaysSo() => Assert.Throws<FFmpegException>(
        () => new PictureShelf(Context(), Width, Height).Judge(new ArtifactId(new string('a', 64)), "no image"u8, Limits.ImagePixelsMax));

    [Fact]
    public async Task Shelf_Full_KeepsWhatIsThereAndTakesNoMore()
    {
        var photo = await PhotoAsync(240, 160);
        var filler = Path.Combine(_folder["film"], "filler");
        using (var file = File.Create(filler))
        {
            file.SetLength(Limits.PictureShelfBytesMax - 1);
        }

        new PictureShelf(Context(), Width, Height).Judge(photo.Id, await File.ReadAllBytesAsync(_store.PathOf(photo)), Limits.ImagePixelsMax);
        using var picture = Pictures(photo).Open(photo.Id.Sha256);

        Assert.Equal((192, 128), (picture.Image.Width, picture.Image.Height));
        Assert.Equal([filler], Directory.GetFiles(_folder["film"]));
    }

    private ArtifactPictures Pictures(ArtifactRef photo) => new(Context(), Width, Height, [photo]);

    private WorkContext Context() => new(default, _store, _folder.Root, new Progress<WorkProgress>(), CancellationToken.None) { FilmDir = _folder["film"] };

    private async Task<ArtifactRef> PhotoAsync(int width, int height)
    {
        using var picture = new YuvImage(width, height);
        picture.Fill(60, 110, 140);
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                picture.RowY(y)[x] = (byte)(40 + ((x * 3) + (y * 5)) % 180);
            }
        }

        return await _store.WriteAsync(ImageEncoder.EncodeJpeg(picture), CancellationToken.None);
    }

    private static void AssertSame(YuvImage expected, YuvImage actual)
    {
        Assert.Equal((expected.Width, expected.Height), (actual.Width, actual.Height));
        for (var y = 0; y < expected.Height; y++)
        {
            Assert.True(expected.RowY(y).SequenceEqual(actual.RowY(y)), $"Y {y}");
            Assert.True(expected.RowU(y / 2).SequenceEqual(actual.RowU(y / 2)) && expected.RowV(y / 2).SequenceEqual(actual.RowV(y / 2)), $"UV {y}");
        }
    }
}
