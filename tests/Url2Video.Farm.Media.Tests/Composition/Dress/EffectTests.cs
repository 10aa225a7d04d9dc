using Url2Video.Farm.Media.Composition;
using Url2Video.Farm.Media.Pixels;
using Url2Video.Farm.Media.Tests.Pixels;
using Url2Video.Farm.Media.Text;
using Xunit;

namespace Url2Video.Farm.Media.Tests.Composition.Dress;

public sealed class EffectTests
{
    public static TheoryData<EffectKind> Kinds => [.. Enum.GetValues<EffectKind>()];

    /// <summary>Forwards, backwards and by any execution: the same bits; and something to see in some frame.</summary>
    [FontTheory]
    [MemberData(nameof(Kinds))]
    public void Compose_FramesInAnyOrder_GivesTheSameBits(EffectKind kind)
    {
        var film = FilmOf(256, 144, new Effect(kind, 80, 5, 20));
        var plain = FilmOf(256, 144);
        using var target = new YuvImage(256, 144);
        using var forwards = new FilmRenderer(film, Fonts.All, new SyntheticPictures(), LanesOfCpu.Best);
        using var without = new FilmRenderer(plain, Fonts.All, new SyntheticPictures(), LanesOfCpu.Best);
        var (expected, bare) = (new string[60], new string[60]);
        for (var frame = 0; frame < 60; frame++)
        {
            forwards.Compose(frame, target);
            expected[frame] = TestPictures.Hash(target);
            without.Compose(frame, target);
            bare[frame] = TestPictures.Hash(target);
        }

        Assert.NotEqual(bare, expected);
        using var backwards = new FilmRenderer(film, Fonts.All, new SyntheticPictures(), Lanes.Scalar);
        foreach (var frame in (int[])[59, 46, 31, 2, 17])
        {
            backwards.Compose(frame, target);
            Assert.Equal(expected[frame], TestPictures.Hash(target));
        }
    }

    [FontTheory]
    [MemberData(nameof(Kinds))]
    public void Compose_ExtremeShapesAndAmounts_DrawsWithoutFault(EffectKind kind)
    {
        foreach (var (width, height) in ((int, int)[])[(128, 128), (1_024, 128), (128, 1_024), (130, 142)])
        {
            foreach (var amount in (int[])[0, 100])
            {
                using var renderer = new FilmRenderer(FilmOf(width, height, new Effect(kind, amount, ulong.MaxValue, 3)), Fonts.All, new SyntheticPictures());
                using var target = new YuvImage(width, height);
                renderer.Compose(46, target);
            }
        }
    }

    [FontTheory]
    [MemberData(nameof(Kinds))]
    public void Compose_AfterTheFirstFrame_AllocatesNothing(EffectKind kind)
    {
        using var renderer = new FilmRenderer(FilmOf(256, 144, new Effect(kind, 80, 5, 20)), Fonts.All, new SyntheticPictures());
        using var target = new YuvImage(256, 144);
        renderer.Compose(40, target);
        renderer.Compose(46, target);
        var before = GC.GetAllocatedBytesForCurrentThread();
        renderer.Compose(41, target);
        renderer.Compose(47, target);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    /// <summary>Row AC8: half a pixel per tick and tick, at 1080 lines and 30 frames a second.</summary>
    [Fact]
    public void Confetti_EveryPiece_FallsByHalfAPixelPerFrameSquared()
    {
        var confetti = new Confetti(new ParticleStage(1_920, 1_080, new FrameRate(30), 9));
        for (var piece = 0; piece < 200; piece++)
        {
            for (var tick = 1; tick < 100; tick += 7)
            {
                var (before, now, after) = (Y(tick - 1), Y(tick), Y(tick + 1));
                Assert.InRange((after - (2 * now) + before) / 256.0, 0.49, 0.51);
            }

            int Y(int tick) => confetti.PlaceAt(piece, 0, (long)tick << ParticleStage.TickBits).Y;
        }
    }

    /// <summary>Two hundred pieces, in five colours, all of them out of sight before the next burst.</summary>
    [Fact]
    public void Confetti_BeforeTheNextBurst_IsBelowTheFrame()
    {
        var confetti = new Confetti(new ParticleStage(1_920, 1_080, new FrameRate(30), 9));
        for (var piece = 0; piece < 200; piece++)
        {
            Assert.InRange(confetti.PlaceAt(piece, 0, 134L << ParticleStage.TickBits).Y / 256, 1_080, int.MaxValue);
        }
    }

    /// <summary>Row AC9: a glint is dark every two seconds, to the frame, whatever the rate of the film.</summary>
    [Theory]
    [InlineData(30)]
    [InlineData(60)]
    public void Sparkles_OneGlint_LivesTwoSeconds(int rate)
    {
        var sparkles = new Sparkles(new ParticleStage(512, 288, new FrameRate(rate), 3));
        var dark = new List<int>();
        using var image = new YuvImage(512, 288);
        for (var frame = 0; frame < 4 * rate; frame++)
        {
            var (_, age) = ParticleStage.Lives(sparkles.TimeOf(frame), Sparkles.Life, 0);
            if (ParticleStage.Bump(age, Sparkles.Life) == 0)
            {
                dark.Add(frame);
            }
        }

        Assert.Equal([0, 2 * rate], dark);
    }

    [FontFact]
    public void Compose_AnotherSeed_GivesOtherFrames()
    {
        foreach (var kind in (EffectKind[])[EffectKind.Confetti, EffectKind.Sparkles, EffectKind.Snow, EffectKind.Fog, EffectKind.Shake, EffectKind.Scratches])
        {
            Assert.NotEqual(HashOf(kind, 1), HashOf(kind, 2));
            Assert.Equal(HashOf(kind, 1), HashOf(kind, 1));
        }
    }

    [Fact]
    public void DiscAndQuad_OnBlack_CoverTheirArea()
    {
        using var image = new YuvImage(128, 128);
        image.Fill(16, 128, 128);
        new DiscShape(64 << 8, 64 << 8, 20 << 8).Paint(image, new Yuv(235, 128, 128), FixedPoint.One15);
        Assert.InRange(AreaOf(image), Math.PI * 400 * 0.99, Math.PI * 400 * 1.01);

        // Either way round, and turned.
        foreach (var isReversed in (bool[])[false, true])
        {
            image.Fill(16, 128, 128);
            var (a, b, c, d) = ((64 << 8, 34 << 8), (94 << 8, 64 << 8), (64 << 8, 94 << 8), (34 << 8, 64 << 8));
            (isReversed ? new QuadShape(a, d, c, b) : new QuadShape(a, b, c, d)).Paint(image, new Yuv(235, 128, 128), FixedPoint.One15);
            Assert.InRange(AreaOf(image), 1_800 * 0.98, 1_800 * 1.02);
        }
    }

    [FontFact]
    public void Create_TooManyOrTooMuch_IsRefused()
    {
        foreach (var effect in (Effect[])[new(EffectKind.Blur, 101), new(EffectKind.Blur, -1), new(EffectKind.Snow, 50, 0, 1_001)])
        {
            using var renderer = new FilmRenderer(FilmOf(128, 128, effect), Fonts.All, new SyntheticPictures());
            using var target = new YuvImage(128, 128);
            Assert.Throws<ArgumentException>(() => renderer.Compose(0, target));
        }

        Assert.Throws<ArgumentException>(() => new FilmRenderer(
            FilmOf(128, 128, [.. Enumerable.Repeat(new Effect(EffectKind.Blur, 5), 5)]), Fonts.All, new SyntheticPictures()));
    }

    private static string HashOf(EffectKind kind, ulong seed)
    {
        using var renderer = new FilmRenderer(FilmOf(256, 144, new Effect(kind, 80, seed, 30)), Fonts.All, new SyntheticPictures());
        using var target = new YuvImage(256, 144);
        renderer.Compose(30, target);
        return TestPictures.Hash(target);
    }

    private static double AreaOf(YuvImage image) =>
        Enumerable.Range(0, image.Height).Sum(y => image.RowY(y).ToArray().Sum(l => l - 16)) / 219.0;

    private static Film FilmOf(int width, int height, params Effect[] effects) => new(
        width, height, new FrameRate(30), Theme.Default,
        [new FilmShot(new Shot(new Background.Picture("600x400:noise", CameraMove.Still), []) { Effects = [.. effects] }, 0, 60)], []);
}
