using System.Collections.Immutable;
using Url2Video.Farm.Media.Composition;
using Url2Video.Farm.Media.Pixels;
using Xunit;
using Xunit.Abstractions;

namespace Url2Video.Farm.Media.Tests.Composition.Memory;

/// <summary>What a shot is reckoned to want, against what it really takes: counted where pictures get their memory.</summary>
public sealed class ShotMemoryTests(ITestOutputHelper output)
{
    private const int Width = 640;
    private const int Height = 360;

    [FontFact]
    public void Of_RandomShots_IsNeverLessThanTheyTake()
    {
        var (tightest, loosest) = (double.MaxValue, 0.0);
        for (var seed = 0; seed < 12; seed++)
        {
            var shot = new AnyShot(seed).Next();
            var (reckoned, taken) = (ShotMemory.Of(shot, Width, Height, FactsOf).Bytes, TakenBy(shot, Width, Height, 0, 30, 59));

            Assert.True(reckoned >= taken, $"Seed {seed}: reckoned {reckoned}, taken {taken}: {shot}");
            (tightest, loosest) = (Math.Min(tightest, reckoned / (double)taken), Math.Max(loosest, reckoned / (double)taken));
        }

        output.WriteLine($"reckoned / taken: {tightest:0.00} to {loosest:0.00}");
    }

    /// <summary>Where there is much, the reckoning is not far from it: what would fit is not refused.</summary>
    [FontTheory]
    [InlineData(8, 0, false)]
    [InlineData(8, 0, true)]
    [InlineData(8, 1, false)]
    [InlineData(3, 5, false)]
    [InlineData(3, 5, true)]
    [InlineData(1, 5, true)]
    public void Of_LargeShots_IsAtMostTwiceWhatTheyTake(int layers, int brushes, bool moves)
    {
        var shot = Large(layers, brushes, moves, i => $"4000x2252:{90 + i}");
        var (reckoned, taken) = (ShotMemory.Of(shot, 1280, 720, FactsOf).Bytes, TakenBy(shot, 1280, 720, 0, 59));

        output.WriteLine($"{layers} layers, {brushes} brushes{(moves ? ", moving" : "")}: reckoned {reckoned >> 20} MiB, taken {taken >> 20} MiB");
        Assert.InRange(reckoned, taken, 2 * taken);
    }

    /// <summary>Layers of one picture keep one of it, and reckon with one.</summary>
    [FontFact]
    public void Of_LayersOfOnePicture_CountsItOnce()
    {
        var (same, others) = (Large(6, 3, true, _ => "4000x2252:90"), Large(6, 3, true, i => $"4000x2252:{90 + i}"));

        var (takenSame, takenOthers) = (TakenBy(same, 1280, 720, 0), TakenBy(others, 1280, 720, 0));
        var (reckonedSame, reckonedOthers) = (ShotMemory.Of(same, 1280, 720, FactsOf).Bytes, ShotMemory.Of(others, 1280, 720, FactsOf).Bytes);

        Assert.InRange(reckonedSame, takenSame, 2 * takenSame);
        Assert.True(takenOthers - takenSame > 20_000_000, $"{takenSame} and {takenOthers}");
        Assert.True(reckonedOthers - reckonedSame > 20_000_000, $"{reckonedSame} and {reckonedOthers}");
    }

    /// <summary>As many words as fit, in every way they can come.</summary>
    [FontFact]
    public void Of_EveryText_IsEnough()
    {
        var words = string.Join(' ', Enumerable.Repeat("Whatever we know", 14));
        foreach (var kind in Enum.GetValues<TextMotionKind>())
        {
            foreach (var card in (TextCard[])[
                new TextCard.Title(0, TextCard.ToTheEnd, words, Subtitle: words), new TextCard.BigNumber(0, TextCard.ToTheEnd, "1234567", words),
                new TextCard.Bullets(0, TextCard.ToTheEnd, words, [.. Enumerable.Repeat(new BulletPoint(words, 0), 6)])])
            {
                var motion = new TextMotion(kind, 0, 700, CubicBezier.Linear) { PerSecondTenths = 100, Morph = kind == TextMotionKind.Morph ? ("Before", words) : null };
                AssertDressIsEnough(new Shot(Films.Black, [card with { Motion = motion }]), $"{kind} of {card.GetType().Name}");
            }
        }
    }

    [FontFact]
    public void Of_EveryLogo_IsEnough()
    {
        foreach (var kind in Enum.GetValues<RevealKind>())
        {
            AssertDressIsEnough(new Shot(Films.Black, []) { Logo = new ShotLogo("500x600:90", kind, 0, 1_000) }, kind.ToString());
        }
    }

    [FontFact]
    public void Of_EveryEffect_IsEnough()
    {
        foreach (var kind in Enum.GetValues<EffectKind>())
        {
            var shot = new Shot(Films.Black, []) { Effects = [new Effect(kind, 80, 30, 5)] };
            AssertDressIsEnough(shot, kind.ToString());
        }
    }

    /// <summary>A mark, wherever it stands, and captions, however much they say.</summary>
    [FontTheory]
    [InlineData(MarkAnchor.BottomRight, null, false)]
    [InlineData(MarkAnchor.Auto, null, false)]
    [InlineData(MarkAnchor.TopLeft, "A mark of words that are long", false)]
    [InlineData(null, null, true)]
    public void OfFilm_MarkAndCaptions_AreEnough(MarkAnchor? anchor, string? text, bool hasCaptions)
    {
        var mark = anchor is { } place ? new LogoMark(text is null ? "500x600:90" : "", place, 500_000) { Text = text } : null;
        var words = Enumerable.Range(0, 14).Select(i => new CaptionWord("Whatever", i * 4, (i * 4) + 4)).ToImmutableArray();
        var film = new Film(Width, Height, new FrameRate(30), Theme.Default, [new FilmShot(new Shot(Films.Black, []), 0, 60)], hasCaptions ? [new CaptionCue(0, 60, words)] : [])
        {
            Logo = mark,
            HasCaptionArea = hasCaptions,
        };

        var over = FilmMemory.Of(mark, hasCaptions, Width, Height, FactsOf);
        var taken = TakenBy(film, 0, 30, 59);

        Assert.True(over.Held + over.Passing >= taken, $"reckoned {over.Held} and {over.Passing}, taken {taken}");
    }

    /// <summary>What is let go is let go: a renderer that is done holds nothing.</summary>
    [FontFact]
    public void Compose_Disposed_HoldsNothing()
    {
        var shot = new AnyShot(11).Next() with { Layers = Large(4, 2, true, i => $"400x300:{90 + (i / 2)}").Layers };
        _ = TakenBy(shot, Width, Height, 0, 59);

        Assert.Equal(0, PixelMemory.HeldSinceStart);
    }

    // Of what the reckoning has for it alone: the frames of a transition are not taken here, and would hide what is missing.
    private static void AssertDressIsEnough(Shot shot, string what)
    {
        var dress = ShotMemory.Of(shot, Width, Height, FactsOf).Parts.Single(p => p.Place == MemoryPlace.Dress);
        var taken = TakenBy(shot, Width, Height, 0, 9, 30);
        Assert.True(dress.Held + dress.Passing >= taken, $"{what}: reckoned {dress.Held} and {dress.Passing}, taken {taken}");
    }

    private static Shot Large(int layers, int brushes, bool moves, Func<int, string> pictures) => new(Films.Black, [])
    {
        Layers =
        [
            .. Enumerable.Range(0, layers).Select(i => new Layer(
                new Background.Picture(pictures(i), CameraMove.Still) { Brushes = Brushes(brushes) }, LayerBox.Frame)
            {
                Keys = moves ? [Key(0, 500_000, 2_000_000), Key(1_000, 400_000, 2_000_000)] : [],
            }),
        ],
    };

    private static ImmutableArray<MotionBrush> Brushes(int count) =>
        [.. Enumerable.Range(0, count).Select(i => new MotionBrush(new BrushArea.Ellipse(new LayerBox(0, i * 10_000, 1_000_000, 900_000), 20_000), 20_000, 0, 0, 0))];

    private static LayerKey Key(int millis, int x, int scale) => new(millis, x, 500_000, scale, 0, 32_767, CubicBezier.Linear);

    private static PictureFacts FactsOf(string id)
    {
        var size = id.Split(':')[0].Split('x');
        return new PictureFacts(int.Parse(size[0]), int.Parse(size[1]));
    }

    /// <summary>The peak of all pictures, planes and fields, the target apart.</summary>
    private static long TakenBy(Shot shot, int width, int height, params long[] frames) =>
        TakenBy(new Film(width, height, new FrameRate(30), Theme.Default, [new FilmShot(shot, 0, 60)], []), frames);

    private static long TakenBy(Film film, params long[] frames)
    {
        PixelMemory.StartPeak();
        using var target = new YuvImage(film.Width, film.Height);
        using var renderer = new FilmRenderer(film, Fonts.All, new SyntheticPictures());
        foreach (var frame in frames)
        {
            renderer.Compose(frame, target);
        }

        return PixelMemory.Peak - YuvImage.BytesOf(film.Width, film.Height);
    }
}
