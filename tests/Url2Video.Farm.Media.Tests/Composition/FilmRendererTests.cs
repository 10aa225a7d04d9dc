using System.Collections.Immutable;
using Url2Video.Farm.Media.Composition;
using Url2Video.Farm.Media.Pixels;
using Url2Video.Farm.Media.Tests.Pixels;
using Url2Video.Farm.Media.Text;
using Xunit;

namespace Url2Video.Farm.Media.Tests.Composition;

public sealed class FilmRendererTests
{
    private static readonly CameraMove s_zoom = new(CameraPose.Whole, new CameraPose(550_000, 480_000, 1_200_000));

    [FontFact]
    public void Compose_FramesInAnyOrder_GivesTheSameBits()
    {
        var film = Film(Picture("400x300:noise"), Picture("900x700:noise"), Picture("500x500:noise"));
        using var target = new YuvImage(film.Width, film.Height);
        using var forwards = new FilmRenderer(film, Fonts.All, new SyntheticPictures());
        var expected = new string[film.Frames];
        for (var frame = 0; frame < film.Frames; frame++)
        {
            forwards.Compose(frame, target);
            expected[frame] = TestPictures.Hash(target);
        }

        using var shuffled = new FilmRenderer(film, Fonts.All, new SyntheticPictures());
        foreach (var frame in (int[])[25, 3, 29, 0, 11, 10, 19, 20, 21, 9, 14])
        {
            target.Fill(1, 2, 3);
            shuffled.Compose(frame, target);
            Assert.Equal(expected[frame], TestPictures.Hash(target));
        }
    }

    [FontFact]
    public void Compose_Transition_MixesBothShotsEvenlyInTheMiddle()
    {
        var film = Film(Picture("400x300:40"), Picture("400x300:200"));
        using var target = new YuvImage(film.Width, film.Height);
        using var renderer = new FilmRenderer(film, Fonts.All, new SyntheticPictures());

        var lumas = new List<int>();
        for (var frame = 9; frame <= 15; frame++)
        {
            renderer.Compose(frame, target);
            lumas.Add(target.RowY(5)[5]);
        }

        // Four frames of transition: 1/8, 3/8, 5/8, 7/8 of the way.
        Assert.Equal([40, 60, 100, 140, 180, 200, 200], lumas);
    }

    [FontFact]
    public void Compose_LongFilm_HoldsOnlyTheShotsInSight()
    {
        var film = Film([.. Enumerable.Range(0, 6).Select(i => Picture($"200x200:{90 + i}"))]);
        var pictures = new SyntheticPictures();
        using var target = new YuvImage(film.Width, film.Height);
        using var renderer = new FilmRenderer(film, Fonts.All, pictures);

        for (var frame = 0; frame < film.Frames; frame++)
        {
            renderer.Compose(frame, target);
        }

        Assert.Equal(6, pictures.Opened);
        renderer.Compose(0, target);
        Assert.Equal(7, pictures.Opened);
    }

    [FontFact]
    public void Compose_WrongFrameOrTarget_IsRefused()
    {
        var film = Film(Picture("200x200:90"));
        using var target = new YuvImage(film.Width, film.Height);
        using var small = new YuvImage(film.Width - 2, film.Height);
        using var renderer = new FilmRenderer(film, Fonts.All, new SyntheticPictures());

        Assert.Throws<ArgumentOutOfRangeException>(() => renderer.Compose(10, target));
        Assert.Throws<ArgumentOutOfRangeException>(() => renderer.Compose(-1, target));
        Assert.Throws<ArgumentException>(() => renderer.Compose(0, small));
    }

    [FontFact]
    public void Constructor_BrokenFilm_NamesTheRule()
    {
        var good = Film(Picture("200x200:90"), Picture("200x200:90"));
        var gap = good with { Shots = good.Shots.SetItem(1, good.Shots[1] with { StartFrame = 11 }) };
        var early = good with { Shots = good.Shots.SetItem(0, good.Shots[0] with { TransitionFrames = 2 }) };

        Assert.Contains("follow each other", Refused(gap));
        Assert.Contains("first shot", Refused(early));
        Assert.Contains("even", Refused(good with { Width = 161 }));
        Assert.Contains("at least 128", Refused(good with { Height = 100 }));

        static string Refused(Film film) =>
            Assert.Throws<ArgumentException>(() => new FilmRenderer(film, Fonts.All, new SyntheticPictures())).Message;
    }

    private static Background.Picture Picture(string id) => new(id, s_zoom);

    /// <summary>Ten frames a shot, four of transition.</summary>
    private static Film Film(params Background[] backgrounds) => new(
        160,
        128,
        new FrameRate(30),
        Theme.Default,
        [.. backgrounds.Select((b, i) => new FilmShot(new Shot(b, []), 10 * i, 10, i == 0 ? 0 : 4))],
        []);
}
