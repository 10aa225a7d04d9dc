using Url2Video.Farm.Core.Errors;
using Url2Video.Farm.Media.Composition;
using Url2Video.Farm.Media.Pixels;
using Url2Video.Farm.Node.Plugins;
using Url2Video.Farm.Node.Work;

namespace Url2Video.Farm.EndToEnd.Tests.Plugins;

/// <summary>The sample plugin against the farm's own look of the same numbers (AK2), on rendered frames.</summary>
public sealed class VintagePluginTests(PluginLab lab) : IClassFixture<PluginLab>
{
    private const int Width = 640;
    private const int Height = 360;

    [Fact]
    public void Vintage_Frames_AreThoseOfTheLookOfTheSameNumbers()
    {
        using var filters = new PluginFilters(PluginLab.ShelfOf(lab.Vintage), lab.Folder, CancellationToken.None);
        using var plugin = RendererOf(null, [PluginLab.Use(lab.Vintage)], filters);
        using var look = RendererOf(new Look { Sepia = 70, Contrast = 120, Saturation = 80, Vignette = 30, Grain = 10 }, [], null);
        using var bare = RendererOf(null, [], null);
        using var actual = new YuvImage(Width, Height);
        using var expected = new YuvImage(Width, Height);
        using var before = new YuvImage(Width, Height);

        foreach (var frame in new[] { 0L, 17, 59 })
        {
            plugin.Compose(frame, actual);
            look.Compose(frame, expected);
            bare.Compose(frame, before);
            var (mean, most) = Differences(actual, expected);
            var (changed, _) = Differences(before, expected);

            Assert.True(mean <= 0.6 && most <= 4, $"frame {frame}: mean {mean:0.000}, most {most}");
            Assert.True(changed > 5, $"the look does something: {changed:0.0}");
        }
    }

    [Fact]
    public void Vintage_NumbersOfAScene_AreUsed()
    {
        using var filters = new PluginFilters(PluginLab.ShelfOf(lab.Vintage), lab.Folder, CancellationToken.None);
        using var neutral = RendererOf(
            null, [PluginLab.Use(lab.Vintage, ("sepia", 0), ("contrast", 10_000), ("saturation", 10_000), ("vignette", 0), ("grain", 0))], filters);
        using var bare = RendererOf(null, [], null);
        using var actual = new YuvImage(Width, Height);
        using var expected = new YuvImage(Width, Height);

        neutral.Compose(3, actual);
        bare.Compose(3, expected);

        Assert.True(Differences(actual, expected) is { Mean: <= 0.05, Most: <= 1 }, $"{Differences(actual, expected)}");
    }

    [Fact]
    public void Check_GoodPlugin_TellsItsFrames()
    {
        var check = new PluginCheck(PluginLab.ShelfOf(lab.Vintage), TimeProvider.System);

        var (one, two) = (check.Run(lab.Vintage, lab.Folder, CancellationToken.None), check.Run(lab.Vintage, lab.Folder, CancellationToken.None));

        Assert.Equal(one.Frames, two.Frames);
        Assert.True(one is { StartMillis: > 0, FrameMillis: > 0 });
    }

    [Fact]
    public void Values_OutOfRangeOrUnknown_AreRefusedByName()
    {
        var manifest = lab.Vintage.Manifest;

        var high = Assert.Throws<FarmException>(() => PluginShelf.ValuesOf(manifest, [("sepia", 10_001)], "s1")).Error;
        var unknown = Assert.Throws<FarmException>(() => PluginShelf.ValuesOf(manifest, [("sepa", 1)], "s1")).Error;

        Assert.Equal((ErrorCodes.InvalidStoryboard, "Scene 's1': sepia of the plugin vintage is 1.0001.", "Write 0 to 1."), (high.Code, high.Message, high.WayOut));
        Assert.Contains("has no parameter \"sepa\"", unknown.Message, StringComparison.Ordinal);
        Assert.Equal((int[])[7_000, 12_000, 8_000, 3_000, 5_000], PluginShelf.ValuesOf(manifest, [("grain", 5_000)], "s1").ToArray());
    }

    [Fact]
    public void Shelf_OtherHash_IsMissingByName()
    {
        var shelf = PluginLab.ShelfOf(lab.Vintage);

        var error = Assert.Throws<FarmException>(() => shelf.Find("vintage", new string('a', 64), "s1")).Error;

        Assert.Equal(ErrorCodes.PluginMissing, error.Code);
        Assert.Contains("Scene 's1' wants the plugin vintage aaaaaaaaaaaa", error.Message, StringComparison.Ordinal);
    }

    private static FilmRenderer RendererOf(Look? look, FilterUse[] filters, IFilterSource? source) => new(
        new Film(
            Width, Height, new FrameRate(30), Theme.Default,
            [new FilmShot(new Shot(new Background.Picture("hills", CameraMove.Still), []) { Look = look, Filters = [.. filters] }, 0, 60)], []),
        FilmFonts.Shared, new Hills(), source);

    private static (double Mean, int Most) Differences(YuvImage a, YuvImage b)
    {
        var (sum, most) = (0L, 0);
        for (var y = 0; y < Height; y++)
        {
            Add(a.RowY(y), b.RowY(y));
        }

        for (var y = 0; y < Height / 2; y++)
        {
            Add(a.RowU(y), b.RowU(y));
            Add(a.RowV(y), b.RowV(y));
        }

        return (sum / (Width * Height * 1.5), most);

        void Add(ReadOnlySpan<byte> one, ReadOnlySpan<byte> other)
        {
            for (var x = 0; x < one.Length; x++)
            {
                var difference = Math.Abs(one[x] - other[x]);
                (sum, most) = (sum + difference, Math.Max(most, difference));
            }
        }
    }

    /// <summary>Slopes of light and colour, none of them near the ends.</summary>
    private sealed class Hills : IPictureSource
    {
        public DecodedPicture Open(string pictureId)
        {
            var image = new YuvImage(Width, Height);
            for (var y = 0; y < Height; y++)
            {
                var row = image.RowY(y);
                for (var x = 0; x < Width; x++)
                {
                    row[x] = (byte)(30 + ((x * 90 / Width) + (y * 90 / Height)));
                }
            }

            for (var y = 0; y < Height / 2; y++)
            {
                var u = image.RowU(y);
                var v = image.RowV(y);
                for (var x = 0; x < Width / 2; x++)
                {
                    u[x] = (byte)(100 + (x * 60 / (Width / 2)));
                    v[x] = (byte)(105 + (y * 50 / (Height / 2)));
                }
            }

            return new DecodedPicture(image);
        }
    }
}
