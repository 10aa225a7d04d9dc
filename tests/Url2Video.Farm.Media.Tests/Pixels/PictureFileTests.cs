using Url2Video.Farm.Media.Pixels;
using Xunit;

namespace Url2Video.Farm.Media.Tests.Pixels;

public sealed class PictureFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("u2v-picture-").FullName;

    private string Path => System.IO.Path.Combine(_folder, "picture.yuv");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(2, 2)]
    [InlineData(130, 94)]
    [InlineData(1922, 1082)]
    public void Map_OfWhatWasWritten_IsThePicture(int width, int height)
    {
        using var picture = TestPictures.Noise(width, height, 3);

        PictureFile.Write(Path, picture);

        using var mapped = PictureFile.TryMap(Path)!;
        AssertSame(picture, mapped);
        Assert.Equal(PictureFile.BytesOf(width, height), new FileInfo(Path).Length);
        Assert.Equal([Path], Directory.GetFiles(_folder));
    }

    /// <summary>A shot lays a picture on its ground or gives it another's colours: that is nobody else's business.</summary>
    [Fact]
    public void Change_OfAMappedPicture_IsSeenByNobodyElse()
    {
        using var picture = TestPictures.Noise(64, 48, 4);
        PictureFile.Write(Path, picture);
        using var one = PictureFile.TryMap(Path)!;
        using var two = PictureFile.TryMap(Path)!;

        one.Fill(1, 2, 3);

        AssertSame(picture, two);
        using var three = PictureFile.TryMap(Path)!;
        AssertSame(picture, three);
    }

    [Fact]
    public void Map_AfterTheFileIsGone_HasItStill()
    {
        using var picture = TestPictures.Noise(64, 48, 5);
        PictureFile.Write(Path, picture);
        using var mapped = PictureFile.TryMap(Path)!;

        File.Delete(Path);

        AssertSame(picture, mapped);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(8, 200)]
    [InlineData(9, 1)]
    [InlineData(12, 47)]
    [InlineData(15, 255)]
    public void Map_OfAnotherHead_IsRefused(int at, int value)
    {
        using var picture = TestPictures.Noise(64, 48, 6);
        PictureFile.Write(Path, picture);
        var bytes = File.ReadAllBytes(Path);
        bytes[at] ^= (byte)value;
        File.WriteAllBytes(Path, bytes);

        Assert.Null(PictureFile.TryMap(Path));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1)]
    [InlineData(-5000)]
    public void Map_OfAnotherLength_IsRefused(int more)
    {
        using var picture = TestPictures.Noise(64, 48, 7);
        PictureFile.Write(Path, picture);
        using (var file = File.OpenWrite(Path))
        {
            file.SetLength(file.Length + more);
        }

        Assert.Null(PictureFile.TryMap(Path));
    }

    [Fact]
    public void Map_OfNothing_IsNull()
    {
        Assert.Null(PictureFile.TryMap(Path));
        File.WriteAllBytes(Path, []);
        Assert.Null(PictureFile.TryMap(Path));
    }

    private static void AssertSame(YuvImage expected, YuvImage actual)
    {
        Assert.Equal((expected.Width, expected.Height), (actual.Width, actual.Height));
        for (var y = 0; y < expected.Height; y++)
        {
            Assert.True(expected.RowY(y).SequenceEqual(actual.RowY(y)), $"Y {y}");
        }

        for (var y = 0; y < expected.Height / 2; y++)
        {
            Assert.True(expected.RowU(y).SequenceEqual(actual.RowU(y)) && expected.RowV(y).SequenceEqual(actual.RowV(y)), $"UV {y}");
        }
    }
}
