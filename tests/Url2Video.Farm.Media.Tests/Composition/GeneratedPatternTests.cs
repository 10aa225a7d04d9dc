using Url2Video.Farm.Media.Composition;
using Url2Video.Farm.Media.Pixels;
using Url2Video.Farm.Media.Tests.Pixels;
using Xunit;

namespace Url2Video.Farm.Media.Tests.Composition;

public sealed class GeneratedPatternTests
{
    private const int Width = 254; // Neither 16 nor 64 divide it.
    private const int Height = 142;

    /// <summary>The theme of a storyboard without a palette: surface and background lie close together.</summary>
    private static readonly Theme s_board = new(
        new Rgb(0x4F, 0xB3, 0xFF), new Rgb(0xF7, 0xF9, 0xFC), new Rgb(0x0E, 0x14, 0x24), new Rgb(0x1B, 0x25, 0x40));

    private static readonly Theme s_light = new(
        new Rgb(0x2F, 0x5B, 0xD0), new Rgb(0x1B, 0x1F, 0x2A), new Rgb(0xF6, 0xF4, 0xEE), new Rgb(0xD3, 0xDF, 0xF3));

    public static TheoryData<GeneratedPattern> All => [.. Enum.GetValues<GeneratedPattern>()];

    [FontTheory]
    [InlineData(GeneratedPattern.Gradient, "9dd89f6139e14972")]
    [InlineData(GeneratedPattern.Waves, "651aaf20e27f5ede")]
    [InlineData(GeneratedPattern.Grid, "b3ec83f70a247b24")]
    public void Pattern_SameSeed_IsTheSamePictureForEver(GeneratedPattern pattern, string hash)
    {
        // Frozen: a change here changes films that were rendered before, and must be a decision.
        using var target = new YuvImage(1280, 720);
        using var renderer = new FilmRenderer(Films.One(1280, 720, new Background.Generated(7, pattern)), Fonts.All, new SyntheticPictures());
        renderer.Compose(30, target);
        Assert.Equal(hash, TestPictures.Hash(target)[..16]);
        Assert.NotEqual(Hash(pattern, 8, 30), Hash(pattern, 7, 30));
        Assert.NotEqual(Hash(pattern, 7, 31), Hash(pattern, 7, 30));
    }

    [FontFact]
    public void Pattern_SameSeedAndTheme_LooksLikeNoOther()
    {
        foreach (var theme in (Theme[])[Theme.Default, s_board, s_light])
        {
            using var gradient = Rendered(GeneratedPattern.Gradient, 11, 0, theme);
            using var waves = Rendered(GeneratedPattern.Waves, 11, 0, theme);
            using var grid = Rendered(GeneratedPattern.Grid, 11, 0, theme);

            // Half of the pixels at least are visibly of another tone, whichever two are compared.
            Assert.InRange(SharePercent(gradient, waves), 50, 100);
            Assert.InRange(SharePercent(gradient, grid), 50, 100);
            Assert.InRange(SharePercent(waves, grid), 50, 100);
        }
    }

    [FontTheory]
    [MemberData(nameof(All))]
    public void Pattern_InAnyOrder_GivesTheSameBits(GeneratedPattern pattern)
    {
        using var target = new YuvImage(Width, Height);
        using var renderer = new FilmRenderer(FilmOf(pattern, 3, Theme.Default), Fonts.All, new SyntheticPictures());
        foreach (var frame in (int[])[59, 0, 31, 30, 58, 0, 59])
        {
            renderer.Compose(frame, target);
            Assert.Equal(Hash(pattern, 3, frame), TestPictures.Hash(target));
        }
    }

    [FontTheory]
    [MemberData(nameof(All))]
    public void Pattern_EveryExecution_GivesTheSameBits(GeneratedPattern pattern)
    {
        foreach (var frame in (int[])[0, 29, 59])
        {
            var expected = Hash(pattern, 5, frame, Lanes.Scalar);
            Assert.Equal(expected, Hash(pattern, 5, frame, Lanes.V128));
            Assert.Equal(expected, Hash(pattern, 5, frame, LanesOfCpu.Best));
        }
    }

    [FontTheory]
    [MemberData(nameof(All))]
    public void Pattern_AfterTheFirstFrame_AllocatesNothing(GeneratedPattern pattern)
    {
        using var target = new YuvImage(Width, Height);
        using var renderer = new FilmRenderer(FilmOf(pattern, 3, Theme.Default), Fonts.All, new SyntheticPictures());
        renderer.Compose(0, target);
        renderer.Compose(1, target);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var frame = 0; frame < 60; frame++)
        {
            renderer.Compose(frame, target);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [FontTheory]
    [MemberData(nameof(All))]
    public void Pattern_AnyTheme_LeavesPaperReadable(GeneratedPattern pattern)
    {
        foreach (var theme in (Theme[])[Theme.Default, s_board, s_light])
        {
            var paper = theme.Paper.ToYuv().Y;
            for (ulong seed = 0; seed < 12; seed++)
            {
                using var target = Rendered(pattern, seed, (long)seed * 5, theme);
                var meter = new LumaMeter();
                meter.Add(target, new PixelRect(0, 0, Width, Height));
                var worst = meter.Percentile(theme == s_light ? 8 : 92);
                Assert.True(Contrast.Ratio(paper, worst) >= Contrast.ReadableThousandths, $"seed {seed}, {theme}");
            }
        }
    }

    [FontTheory]
    [MemberData(nameof(All))]
    public void Pattern_FromFrameToFrame_MovesWithoutASingleJump(GeneratedPattern pattern)
    {
        using var before = new YuvImage(Width, Height);
        using var after = new YuvImage(Width, Height);
        using var renderer = new FilmRenderer(FilmOf(pattern, 9, Theme.Default), Fonts.All, new SyntheticPictures());
        for (var frame = 0; frame < 59; frame++)
        {
            renderer.Compose(frame, before);
            renderer.Compose(frame + 1, after);
            for (var y = 0; y < Height; y++)
            {
                for (var x = 0; x < Width; x++)
                {
                    Assert.InRange(after.RowY(y)[x] - before.RowY(y)[x], -4, 4);
                }
            }
        }
    }

    [FontFact]
    public void Waves_HasNoBands()
    {
        // Dithered, a slope passes from one code to the next by degrees: within 64 pixels both codes appear in most rows.
        using var target = new YuvImage(640, 360);
        using var renderer = new FilmRenderer(Films.One(640, 360, new Background.Generated(3, GeneratedPattern.Waves)), Fonts.All,
            new SyntheticPictures());
        renderer.Compose(0, target);
        var level = 0;
        for (var y = 0; y < 360; y += 3)
        {
            for (var x = 0; x + 64 <= 640; x += 64)
            {
                level += target.RowY(y).Slice(x, 64).ContainsAnyExcept(target.RowY(y)[x]) ? 0 : 1;
            }
        }

        Assert.InRange(level, 0, 240); // of 1,200
    }

    [FontFact]
    public void Waves_Every_EveryFrameShape_DrawsItsFrontsSoftly()
    {
        foreach (var (width, height) in ((int, int)[])[(128, 1024), (1024, 128), (360, 640), (640, 360)])
        {
            using var target = new YuvImage(width, height);
            using var renderer = new FilmRenderer(Films.One(width, height, new Background.Generated(4, GeneratedPattern.Waves)), Fonts.All,
                new SyntheticPictures());
            renderer.Compose(0, target);
            var (lowest, highest) = (255, 0);
            for (var y = 1; y < height; y++)
            {
                for (var x = 0; x < width; x++)
                {
                    var luma = target.RowY(y)[x];
                    (lowest, highest) = (Math.Min(lowest, luma), Math.Max(highest, luma));
                    Assert.InRange(luma - target.RowY(y - 1)[x], -3, 3);
                }
            }

            Assert.InRange(highest - lowest, 16, 120);
        }
    }

    private static Film FilmOf(GeneratedPattern pattern, ulong seed, Theme theme) =>
        Films.One(Width, Height, new Background.Generated(seed, pattern)) with { Theme = theme };

    private static string Hash(GeneratedPattern pattern, ulong seed, long frame, Lanes? lanes = null)
    {
        using var target = Rendered(pattern, seed, frame, Theme.Default, lanes);
        return TestPictures.Hash(target);
    }

    private static YuvImage Rendered(GeneratedPattern pattern, ulong seed, long frame, Theme theme, Lanes? lanes = null)
    {
        var target = new YuvImage(Width, Height);
        using var renderer = new FilmRenderer(FilmOf(pattern, seed, theme), Fonts.All, new SyntheticPictures(), lanes ?? LanesOfCpu.Best);
        renderer.Compose(frame, target);
        return target;
    }

    /// <summary>How many of a hundred pixels differ by two codes of luma or more: more than dither does.</summary>
    private static int SharePercent(YuvImage a, YuvImage b)
    {
        var count = 0;
        for (var y = 0; y < Height; y++)
        {
            for (var x = 0; x < Width; x++)
            {
                count += Math.Abs(a.RowY(y)[x] - b.RowY(y)[x]) >= 2 ? 1 : 0;
            }
        }

        return count * 100 / (Width * Height);
    }
}
