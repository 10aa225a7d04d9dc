using Url2Video.Farm.Media.Composition;
using Url2Video.Farm.Media.Pixels;
using Url2Video.Farm.Media.Tests.Pixels;
using Xunit;

namespace Url2Video.Farm.Media.Tests.Composition;

public sealed class WholeFilmTests
{
    [FontFact("NotoSans")]
    public void Compose_EveryExecution_GivesTheSameBits()
    {
        if (LanesOfCpu.Best == Lanes.V256)
        {
            Assert.Equal(Hashes(Lanes.Scalar), Hashes(Lanes.V256));
        }

        Assert.Equal(Hashes(Lanes.Scalar), Hashes(Lanes.V128));

        static List<string> Hashes(Lanes lanes)
        {
            var film = Films.Everything(178, 130);
            using var renderer = new FilmRenderer(film, Fonts.All, new SyntheticPictures(), lanes);
            using var target = new YuvImage(film.Width, film.Height);
            var hashes = new List<string>();
            for (var frame = 0; frame < film.Frames; frame += 3)
            {
                renderer.Compose(frame, target);
                hashes.Add(TestPictures.Hash(target));
            }

            return hashes;
        }
    }

    [FontFact("NotoSans")]
    public void Compose_CardsAndCaptionsInAnyOrder_GivesTheSameBits()
    {
        var film = Films.Everything(320, 240);
        using var target = new YuvImage(film.Width, film.Height);
        using var forwards = new FilmRenderer(film, Fonts.All, new SyntheticPictures());
        var expected = new List<string>();
        for (var frame = 0; frame < film.Frames; frame++)
        {
            forwards.Compose(frame, target);
            expected.Add(TestPictures.Hash(target));
        }

        using var backwards = new FilmRenderer(film, Fonts.All, new SyntheticPictures());
        for (var frame = (int)film.Frames - 1; frame >= 0; frame -= 2)
        {
            backwards.Compose(frame, target);
            Assert.Equal(expected[frame], TestPictures.Hash(target));
        }
    }

    [FontTheory("NotoSans")]
    [InlineData(0, 0, 29)]
    [InlineData(1, 8, 29)]
    public void Compose_APartOfTheFilm_GivesTheBitsOfTheWhole(int shot, int firstFrame, int lastFrame)
    {
        // The second part begins in the middle of a caption; its first frames belong to the transition it lacks.
        var whole = Films.Everything(320, 240);
        var start = whole.Shots[shot].StartFrame;
        var part = whole with
        {
            Shots = [whole.Shots[shot] with { StartFrame = 0, TransitionFrames = 0, TailFrames = shot == 0 ? 8 : 0 }],
            Captions = shot == 0 ? whole.Captions : [Moved(whole.Captions[1], start)],
        };
        AssertSameFrames(whole, part, start, firstFrame, lastFrame);
        var silent = Films.Everything(320, 240) with { Captions = [], HasCaptionArea = true };
        AssertSameFrames(silent with { Captions = [whole.Captions[0]] }, part with { Captions = [], HasCaptionArea = true }, start, 21, 23);

        static CaptionCue Moved(CaptionCue cue, long by) => new(
            cue.StartFrame - by,
            cue.EndFrame - by,
            [.. cue.Words.Select(w => new CaptionWord(w.Text, w.StartFrame - by, w.EndFrame - by))]);
    }

    [FontFact("NotoSans")]
    public void Compose_AfterWarmUp_AllocatesNothing()
    {
        var film = Films.Everything(320, 240);
        using var target = new YuvImage(film.Width, film.Height);
        using var renderer = new FilmRenderer(film, Fonts.All, new SyntheticPictures());
        foreach (var (first, end) in ((int, int)[])[(4, 19), (32, 38), (39, 49)])
        {
            for (var frame = first; frame < end; frame++)
            {
                renderer.Compose(frame, target);
            }

            renderer.Compose(first, target);
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var frame = first; frame < end; frame++)
            {
                renderer.Compose(frame, target);
            }

            Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        }
    }

    [FontFact("NotoSans")]
    public void Compose_EveryShapeAndTheSmallestFrame_DrawsWithoutWarning()
    {
        foreach (var (width, height) in ((int, int)[])[(128, 128), (1024, 128), (128, 1024), (640, 360), (360, 640), (360, 450)])
        {
            var film = Films.Everything(width, height);
            using var target = new YuvImage(width, height);
            using var renderer = new FilmRenderer(film, Fonts.All, new SyntheticPictures());
            foreach (var frame in (int[])[0, 15, 34, 45, 59])
            {
                renderer.Compose(frame, target);
            }

            Assert.Empty(renderer.Warnings);
        }
    }

    [FontFact("NotoSans")]
    public void Compose_UnknownFamilyAndGlyph_WarnsOnceAndByName()
    {
        var film = Films.One(320, 180, Films.Black, new TextCard.Title(0, 60, "Hi \U0001F9FF \U0001F9FF")) with
        {
            Theme = Theme.Default with { FontFamily = "Comic Nonsense" },
        };
        using var target = new YuvImage(320, 180);
        using var renderer = new FilmRenderer(film, Fonts.All, new SyntheticPictures());
        renderer.Compose(0, target);

        Assert.Equal(
            [new(CompositionWarningKind.FontFamilyMissing, "Comic Nonsense"), new(CompositionWarningKind.GlyphMissing, "U+1F9FF")],
            renderer.Warnings);
    }

    [FontFact("NotoSans")]
    public void Compose_EndlessText_IsCutAndReported()
    {
        var film = Films.One(320, 180, Films.Black, new TextCard.Title(0, 60, string.Concat(Enumerable.Repeat("too much ", 500))));
        using var target = new YuvImage(320, 180);
        using var renderer = new FilmRenderer(film, Fonts.All, new SyntheticPictures());
        renderer.Compose(30, target);

        Assert.Equal(CompositionWarningKind.TextCut, Assert.Single(renderer.Warnings).Kind);
    }

    private static void AssertSameFrames(Film whole, Film part, long start, int firstFrame, int lastFrame)
    {
        using var expected = new YuvImage(whole.Width, whole.Height);
        using var actual = new YuvImage(whole.Width, whole.Height);
        using var entire = new FilmRenderer(whole, Fonts.All, new SyntheticPictures());
        using var cut = new FilmRenderer(part, Fonts.All, new SyntheticPictures());
        for (var frame = firstFrame; frame <= lastFrame; frame++)
        {
            entire.Compose(start + frame, expected);
            cut.Compose(frame, actual);
            TestPictures.AssertSame(expected, actual);
        }
    }
}
