using Url2Video.Farm.Media.Composition;
using Url2Video.Farm.Media.Pixels;
using Url2Video.Farm.Media.Tests.Pixels;
using Url2Video.Farm.Media.Text;
using Xunit;

namespace Url2Video.Farm.Media.Tests.Composition.Dress;

public sealed class TransitionTests
{
    private const int Width = 194;
    private const int Height = 130;

    public static TheoryData<TransitionKind> Kinds => [.. Enum.GetValues<TransitionKind>()];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Draw_AtTheEnds_GivesTheInputs(TransitionKind kind)
    {
        using var stage = new Stage(LanesOfCpu.Best);
        TestPictures.AssertSame(stage.From, stage.Draw(kind, 0));
        TestPictures.AssertSame(stage.To, stage.Draw(kind, FixedPoint.One15));
    }

    [VectorTheory]
    [MemberData(nameof(Kinds))]
    public void Draw_AnyWeight_EqualsTheScalar(TransitionKind kind)
    {
        using var scalar = new Stage(Lanes.Scalar);
        using var narrow = new Stage(Lanes.V128);
        using var wide = new Stage(Lanes.V256);
        foreach (var weight in (int[])[1, 5_461, 11_000, 16_383, 16_384, 24_575, 32_766])
        {
            var expected = scalar.Draw(kind, weight);
            TestPictures.AssertSame(expected, narrow.Draw(kind, weight));
            TestPictures.AssertSame(expected, wide.Draw(kind, weight));
        }
    }

    [Fact]
    public void Draw_EveryKind_LooksLikeNoOther()
    {
        using var stage = new Stage(LanesOfCpu.Best);
        var hashes = Enum.GetValues<TransitionKind>().Select(k => TestPictures.Hash(stage.Draw(k, 12_345))).ToArray();

        Assert.Equal(hashes.Length, hashes.Distinct().Count());
        Assert.InRange(hashes.Length, 21, 100);
    }

    /// <summary>From black to white, more of the frame is white with every step: nothing comes and goes again.</summary>
    [Theory]
    [MemberData(nameof(Kinds))]
    public void Draw_FromBlackToWhite_NeverGoesBack(TransitionKind kind)
    {
        using var stage = new Stage(LanesOfCpu.Best);
        stage.From.Fill(16, 128, 128);
        stage.To.Fill(235, 128, 128);
        var lumas = Enumerable.Range(0, 33).Select(i => SumOf(stage.Draw(kind, i * FixedPoint.One15 / 32))).ToArray();

        Assert.Equal(16L * Width * Height, lumas[0]);
        Assert.Equal(235L * Width * Height, lumas[^1]);
        for (var i = 1; i < lumas.Length; i++)
        {
            // A glitch throws dice anew in every eighth; over so few bands they agree within a fifth.
            var slack = kind == TransitionKind.Glitch ? 219L * Width * Height / 5 : kind is TransitionKind.Blur or TransitionKind.ZoomIn ? Width * Height : 0;
            Assert.InRange(lumas[i], lumas[i - 1] - slack, long.MaxValue);
        }
    }

    /// <summary>A film in one piece, the same backwards, and a chunk that begins in the scene before the transition: equal bits.</summary>
    [FontTheory]
    [MemberData(nameof(Kinds))]
    public void Compose_ChunkCutInsideATransition_GivesTheBitsOfTheWhole(TransitionKind kind)
    {
        var whole = FilmOf(kind, "400x300:noise", "500x360:noise", "380x260:noise");
        var part = FilmOf(kind, "500x360:noise", "380x260:noise");
        using var entire = new FilmRenderer(whole, Fonts.All, new SyntheticPictures());
        using var cut = new FilmRenderer(part, Fonts.All, new SyntheticPictures());
        using var expected = new YuvImage(Width, Height);
        using var actual = new YuvImage(Width, Height);
        foreach (var frame in (long[])[17, 12, 15, 10, 13])
        {
            entire.Compose(10 + frame, expected);
            cut.Compose(frame, actual);
            TestPictures.AssertSame(expected, actual);
        }
    }

    [FontTheory]
    [MemberData(nameof(Kinds))]
    public void Compose_SecondFrameOfATransition_AllocatesNothing(TransitionKind kind)
    {
        using var renderer = new FilmRenderer(FilmOf(kind, "400x300:noise", "500x360:noise"), Fonts.All, new SyntheticPictures());
        using var frame = new YuvImage(Width, Height);
        All(); // Tables that are made when first asked for are made once in a process, not once a frame.
        renderer.Compose(11, frame);
        var before = GC.GetAllocatedBytesForCurrentThread();
        All();

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void All()
        {
            for (var i = 10; i < 18; i++)
            {
                renderer.Compose(i, frame);
            }
        }
    }

    /// <summary>A whole turn, evenly: no jump where quadrants meet, within a third of a degree of the true angle.</summary>
    [Fact]
    public void Turn_PointsOnACircle_IsTheirAngle()
    {
        for (var i = 0; i < 720; i++)
        {
            var angle = (i + 0.5) * Math.PI / 360;
            var (x, y) = ((int)(8_000 * Math.Sin(angle)), (int)(-8_000 * Math.Cos(angle)));
            Assert.InRange((PlaneGeometry.Turn(x, y) / 65_536.0 * 360) - ((i + 0.5) / 2), -0.33, 0.33);
        }
    }

    // Ten frames a shot; the second and third come in over eight.
    private static Film FilmOf(TransitionKind kind, params string[] pictures) => new(
        Width,
        Height,
        new FrameRate(30),
        Theme.Default,
        [
            .. pictures.Select((p, i) => new FilmShot(
                new Shot(new Background.Picture(p, CameraMove.Still), []), 10 * i, 10, i == 0 ? 0 : 8) { Transition = kind }),
        ],
        []);

    private static long SumOf(YuvImage image)
    {
        long sum = 0;
        for (var y = 0; y < image.Height; y++)
        {
            foreach (var luma in image.RowY(y))
            {
                sum += luma;
            }
        }

        return sum;
    }

    private sealed class Stage(Lanes lanes) : IDisposable
    {
        private readonly FrameSampler _sampler = new(Width, Height, lanes);
        private readonly YuvImage _target = new(Width, Height);
        private TransitionRenderer? _renderer;

        public YuvImage From { get; } = TestPictures.Noise(Width, Height, 1);

        public YuvImage To { get; } = TestPictures.Noise(Width, Height, 2);

        public YuvImage Draw(TransitionKind kind, int weight)
        {
            _renderer ??= new TransitionRenderer(Width, Height, _sampler, lanes);
            _renderer.Draw(kind, From, To, weight, _target);
            return _target;
        }

        public void Dispose()
        {
            _renderer?.Dispose();
            _sampler.Dispose();
            _target.Dispose();
            From.Dispose();
            To.Dispose();
        }
    }
}
