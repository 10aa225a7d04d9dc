using Url2Video.Farm.Media.Composition;
using Url2Video.Farm.Media.Pixels;
using Url2Video.Farm.Media.Tests.Pixels;
using Xunit;
using Xunit.Abstractions;

namespace Url2Video.Farm.Media.Tests.Composition.Motion;

public sealed class TextMotionTests(ITestOutputHelper output)
{
    private const int Width = 960, Height = 540, Start = 3;
    private static readonly CubicBezier s_out = new(0, 0, 5_800, 10_000);

    public static TheoryData<string> Kinds => [.. Enum.GetNames<TextMotionKind>()];

    /// <summary>The manual's fadeInUp: 30 px (of 1080) in 0.8 s after 0.1 s, measured on finished frames.</summary>
    [FontFact("NotoSans")]
    public void FadeInUp_OnFrames_RisesSmoothlyToATwentiethOfAPixel()
    {
        var motion = new TextMotion(TextMotionKind.FadeInUp, 100, 800, s_out) { DistanceTenths = 300 };
        using var frames = new Played(Title(motion, "Northern Light"));
        var rest = frames.CentreAt(50).Y;
        var (before, squares, worst, count) = (double.MaxValue, 0.0, 0.0, 0);
        for (var n = Start; n <= Start + 27; n++)
        {
            var time = Math.Clamp(((n - Start) * 1000 / 30.0) - 100, 0, 800) / 800;
            var share = s_out.Apply((long)(time * EasingCurve.One)) / (double)EasingCurve.One;
            if (share < 0.02)
            {
                continue; // Next to nothing is seen yet.
            }

            var y = frames.CentreAt(n).Y;
            var error = y - rest - (15 * (1 - share));
            (squares, worst, count) = (squares + (error * error), Math.Max(worst, Math.Abs(error)), count + 1);
            Assert.True(y < before, $"frame {n}: {y} after {before}");
            before = y;
        }

        output.WriteLine($"fadeInUp: rms {Math.Sqrt(squares / count):0.0000} px, worst {worst:0.0000} px over {count} frames");
        Assert.True(count >= 22, $"{count} frames");
        Assert.InRange(Math.Sqrt(squares / count), 0, 0.05);
        Assert.Equal(frames.CentreAt(Start + 27).Y, rest, 3);
    }

    [FontTheory("NotoSans")]
    [InlineData(TextMotionKind.SlideInLeft, -1, 0)]
    [InlineData(TextMotionKind.SlideInRight, 1, 0)]
    [InlineData(TextMotionKind.SlideInUp, 0, 1)]
    [InlineData(TextMotionKind.SlideInDown, 0, -1)]
    public void Slide_OnFrames_ComesFromItsSide(TextMotionKind kind, int fromX, int fromY)
    {
        using var frames = new Played(Title(new TextMotion(kind, 0, 1_000, CubicBezier.Linear) { DistanceTenths = 400 }, "Northern Light"));
        var (restX, restY) = frames.CentreAt(50);
        foreach (var n in (int[])[6, 11, 17, 29])
        {
            var (x, y) = frames.CentreAt(Start + n);
            Assert.InRange(x - restX - (fromX * 20 * (1 - (n / 30.0))), -0.1, 0.1);
            Assert.InRange(y - restY - (fromY * 20 * (1 - (n / 30.0))), -0.1, 0.1);
        }
    }

    /// <summary>The manual's typewriter: fifty letters a second.</summary>
    [FontFact("NotoSans")]
    public void Typewriter_OnFrames_TypesFiftyLettersASecond()
    {
        const string Text = "WMWMWMWM WMWMWMWM WMWMWMWM WMWMWMWM";
        var motion = new TextMotion(TextMotionKind.Typewriter, 0, 0, CubicBezier.Linear) { PerSecondTenths = 500 };
        using var frames = new Played(Title(motion, Text));
        var whole = frames.LightAt(50);
        for (var n = 0; n <= 22; n++)
        {
            var typed = Math.Min(Text.Length, n * 50 / 30);
            var inked = Text[..typed].Count(c => c != ' ');
            Assert.InRange(frames.LightAt(Start + n) / whole, (inked / 32.0) - 0.03, (inked / 32.0) + 0.03);
        }
    }

    [FontFact("NotoSans")]
    public void Typewriter_Cursor_RunsAheadThenBlinks()
    {
        var motion = new TextMotion(TextMotionKind.Typewriter, 0, 0, CubicBezier.Linear) { PerSecondTenths = 500, HasCursor = true };
        using var with = new Played(Title(motion, "Northern"));
        using var without = new Played(Title(motion with { HasCursor = false }, "Northern"));

        // Eight letters take five frames; then half a second each, on first.
        var cursor = Enumerable.Range(Start, 50).Select(n => with.LightAt(n) > without.LightAt(n)).ToList();
        Assert.All(cursor[..19], Assert.True);
        Assert.All(cursor[21..33], Assert.False);
        Assert.All(cursor[36..48], Assert.True);
    }

    [FontFact("NotoSans")]
    public void WordByWord_OnFrames_ShowsWordAfterWord()
    {
        var motion = new TextMotion(TextMotionKind.WordByWord, 0, 100, CubicBezier.Linear) { PerSecondTenths = 50 };
        using var frames = new Played(Title(motion, "WWW WWW WWW WWW"));
        var whole = frames.LightAt(50);
        foreach (var words in (int[])[1, 2, 3, 4])
        {
            // A word every fifth of a second, there after a tenth.
            Assert.InRange(frames.LightAt(Start + (6 * words) - 2) / whole, (words / 4.0) - 0.02, (words / 4.0) + 0.02);
        }
    }

    [FontFact("NotoSans")]
    public void Wipe_OnFrames_UncoversFromTheLeft()
    {
        using var frames = new Played(Title(new TextMotion(TextMotionKind.Wipe, 0, 1_000, CubicBezier.Linear), "HHHHHHHHHHHH"));
        var whole = frames.LightAt(50);
        var middle = frames.CentreAt(50).X;
        Assert.InRange(frames.LightAt(Start + 15) / whole, 0.42, 0.58);
        Assert.InRange(middle - frames.CentreAt(Start + 15).X, 30, 200);
        Assert.Equal(whole, frames.LightAt(Start + 30));
    }

    [FontTheory("NotoSans")]
    [MemberData(nameof(Kinds))]
    public void AnyKind_FramesInAnyOrderAndByAnyExecution_AreTheSameAndEndAlike(string name)
    {
        var kind = Enum.Parse<TextMotionKind>(name);
        var card = CardOf(kind);
        using var forwards = new Played(card);
        using var scalar = new Played(card, Lanes.Scalar);
        using var narrow = new Played(card, Lanes.V128);
        var hashes = Enumerable.Range(0, 12).Select(i => forwards.HashAt(5 * i)).ToArray();
        foreach (var i in (int[])[7, 2, 11, 0, 4, 1])
        {
            Assert.Equal(hashes[i], scalar.HashAt(5 * i));
            Assert.Equal(hashes[i], narrow.HashAt(5 * i));
        }

        // At rest it stands where it stands without a motion.
        if (kind is not TextMotionKind.CountUp)
        {
            using var still = new Played(card with { Motion = card.Motion! with { Kind = TextMotionKind.None, Delay = 0 } });
            var (x, y) = still.CentreAt(59);
            var (movedX, movedY) = forwards.CentreAt(59);
            Assert.InRange(movedX - x, -2.5, 2.5); // Letters that come apart are set without kerning.
            Assert.InRange(movedY - y, -0.5, 0.5);
        }
    }

    [FontTheory("NotoSans")]
    [MemberData(nameof(Kinds))]
    public void AnyKind_FrameAfterFrame_AllocatesNothing(string name)
    {
        using var frames = new Played(CardOf(Enum.Parse<TextMotionKind>(name)));
        _ = (frames.At(5), frames.At(12), frames.At(25), frames.At(59));
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var n = 0; n < 60; n++)
        {
            frames.At(n);
        }

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 512); // What the runtime itself does while it compiles better code.
    }

    [FontFact("NotoSans")]
    public void CountUp_OnFrames_EndsAtTheFigureAndStaysInTheMiddle()
    {
        using var frames = new Played(CardOf(TextMotionKind.CountUp));
        Assert.NotEqual(frames.HashAt(20), frames.HashAt(40));
        Assert.Equal(frames.HashAt(55), frames.HashAt(59));
        Assert.InRange(frames.CentreAt(59).X, (Width / 2) - 25, (Width / 2) + 25);
    }

    /// <summary>Writes every motion as a strip of frames to the folder that U2V_SHEETS names, for people to look at.</summary>
    [SheetsFact]
    public void Sheets_EveryMotion_AreWritten()
    {
        foreach (var kind in Enum.GetValues<TextMotionKind>())
        {
            using var frames = new Played(CardOf(kind));
            Sheets.Write($"text-{kind}", Enumerable.Range(0, 16).Select(i => frames.At(Start + (i * 2))));
        }
    }

    private static TextCard.Title Title(TextMotion motion, string text) => new(Start, TextCard.ToTheEnd, text) { Motion = motion };

    private static TextCard CardOf(TextMotionKind kind)
    {
        var motion = new TextMotion(kind, 100, kind == TextMotionKind.CountUp ? 1_000 : 600,
            kind == TextMotionKind.WordPop ? new CubicBezier(3_400, 15_600, 6_400, 10_000) : s_out)
        {
            DistanceTenths = 900,
            PerSecondTenths = kind is TextMotionKind.WordByWord or TextMotionKind.WordPop ? 60 : 300,
            HasCursor = true,
        };
        return kind == TextMotionKind.CountUp
            ? new TextCard.BigNumber(Start, TextCard.ToTheEnd, "$12,500.5 m", "raised")
            {
                Motion = motion with { Counter = new Counter("$", " m", 0, 125_005, 1, '.', ',', 3) },
            }
            : Title(motion, "Fine lines reveal every jitter");
    }

    /// <summary>A film of one card on black, drawn frame by frame.</summary>
    private sealed class Played : IDisposable
    {
        private readonly FilmRenderer _renderer;
        private readonly YuvImage _frame = new(Width, Height);

        public Played(TextCard card, Lanes? lanes = null) =>
            _renderer = new FilmRenderer(Films.One(Width, Height, Films.Black, card), Fonts.All, new SyntheticPictures(), lanes ?? LanesOfCpu.Best);

        public YuvImage At(int frame)
        {
            _renderer.Compose(frame, _frame);
            return _frame;
        }

        public string HashAt(int frame) => TestPictures.Hash(At(frame));

        public double LightAt(int frame) => Measure(At(frame)).Light;

        public (double X, double Y) CentreAt(int frame)
        {
            var (x, y, _) = Measure(At(frame));
            return (x, y);
        }

        public void Dispose()
        {
            _renderer.Dispose();
            _frame.Dispose();
        }

        private static (double X, double Y, double Light) Measure(YuvImage image)
        {
            double x = 0, y = 0, light = 0;
            for (var row = 0; row < image.Height; row++)
            {
                var luma = image.RowY(row);
                for (var column = 0; column < luma.Length; column++)
                {
                    if (luma[column] != 16)
                    {
                        (x, y, light) = (x + (column * (luma[column] - 16)), y + (row * (luma[column] - 16)), light + luma[column] - 16);
                    }
                }
            }

            return light == 0 ? (0, 0, 0) : (x / light, y / light, light);
        }
    }
}
