using Url2Video.Farm.Media.Composition;
using Url2Video.Farm.Media.Pixels;
using Url2Video.Farm.Media.Tests.Text;
using Xunit;

namespace Url2Video.Farm.Media.Tests.Composition;

/// <summary>The word that is being said, on drawn frames: marked from its first frame on, to the frame; and it pops.</summary>
public sealed class WordCaptionTests
{
    private const int Width = 1280;
    private const int Height = 720;

    private static readonly CaptionCue s_cue = new(4, 70, [new("one", 4, 17), new("two", 17, 18), new("three", 21, 40), new("four", 40, 70)]);

    /// <summary>Before its first frame a word has nothing of the accent, in that frame it has; where nobody speaks the last word fades.</summary>
    [FontTheory("NotoSans")]
    [InlineData(CaptionPreset.BoxedActiveWord)]
    [InlineData(CaptionPreset.BoxedPoppingWord)]
    public void Word_IsMarkedFromItsFirstFrameOn(CaptionPreset preset)
    {
        using var target = new YuvImage(Width, Height);
        using var renderer = Renderer(preset);
        var places = Places(renderer, target);

        for (var frame = 4; frame < 70; frame++)
        {
            renderer.Compose(frame, target);
            for (var word = 0; word < s_cue.Words.Length; word++)
            {
                var said = s_cue.Words[word];
                var weight = Math.Clamp(Math.Min(frame - said.StartFrame + 1, said.EndFrame + 2 - frame), 0, 3);
                var marked = Accent(target, places[word]);
                Assert.True(weight == 0 ? marked < 4 : marked > 12 * weight, $"frame {frame}, {said.Text}: {marked} at weight {weight}");
            }
        }
    }

    [FontFact("NotoSans")]
    public void PoppingWord_GrowsAsItBegins_AndIsItsOwnSizeAgain()
    {
        var sizes = Enumerable.Range(0, 30).Select(f => WordPop.ScaleQ16(FilmOf(CaptionPreset.BoxedPoppingWord), s_cue.Words[3], 40 + f, WordPop.GrowthOf(30, 30))).ToList();

        Assert.Equal(Pose.OwnSize, WordPop.ScaleQ16(FilmOf(CaptionPreset.BoxedPoppingWord), s_cue.Words[3], 39, WordPop.GrowthOf(30, 30)));
        Assert.True(sizes[0] > Pose.OwnSize);
        Assert.InRange(sizes.Max(), Pose.OwnSize * 115 / 100, Pose.OwnSize * 117 / 100);
        Assert.All(sizes[8..], s => Assert.Equal(Pose.OwnSize, s));
        var peak = sizes.IndexOf(sizes.Max());
        Assert.InRange(peak, 1, 3);
        Assert.Equal(sizes[..(peak + 1)].Order(), sizes[..(peak + 1)]);
        Assert.Equal(sizes[peak..].OrderDescending(), sizes[peak..]);
    }

    [FontFact("NotoSans")]
    public void PoppingWord_IsDrawnWider_AndElseAsKaraoke()
    {
        using var popping = new YuvImage(Width, Height);
        using var plain = new YuvImage(Width, Height);
        using var pops = Renderer(CaptionPreset.BoxedPoppingWord);
        using var marks = Renderer(CaptionPreset.BoxedActiveWord);
        var place = Places(marks, plain)[2];

        pops.Compose(23, popping);
        marks.Compose(23, plain);
        var (wide, own) = (AccentWidth(popping, place), AccentWidth(plain, place));
        Assert.InRange(wide, own * 106 / 100, own * 118 / 100);

        pops.Compose(35, popping);
        marks.Compose(35, plain);
        Pixels.TestPictures.AssertSame(plain, popping);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(40)]
    [InlineData(90)]
    [InlineData(400)]
    public void PoppingWord_NeverGrowsIntoItsNeighbours(int width)
    {
        var growth = WordPop.GrowthOf(width, em: 40);

        Assert.InRange(growth, 1, Pose.OwnSize / 6);
        Assert.True(width * (long)growth / 2 <= Pose.OwnSize * 40L * 13 / 100, "More than half a blank on one side.");
    }

    [FontTheory("NotoSans")]
    [InlineData(CaptionPreset.BoxedActiveWord)]
    [InlineData(CaptionPreset.BoxedPoppingWord)]
    public void Frames_InAnyOrder_AreTheSame(CaptionPreset preset)
    {
        using var there = Renderer(preset);
        using var back = Renderer(preset);
        using var expected = new YuvImage(Width, Height);
        using var actual = new YuvImage(Width, Height);
        foreach (var frame in (int[])[41, 22, 69, 3, 17, 42, 21, 4])
        {
            there.Compose(frame, expected);
            using var alone = Renderer(preset);
            alone.Compose(frame, actual);
            Pixels.TestPictures.AssertSame(expected, actual);
            back.Compose(70 - frame, actual);
        }
    }

    private static Film FilmOf(CaptionPreset preset) =>
        Films.One(Width, Height, Films.Black) with { Shots = [new FilmShot(new Shot(Films.Black, []), 0, 80)], Captions = [s_cue], CaptionPreset = preset };

    private static FilmRenderer Renderer(CaptionPreset preset) => new(FilmOf(preset), Fonts.All, new SyntheticPictures());

    /// <summary>Columns of each word: between the gaps that are wider than those between letters.</summary>
    private static List<(int From, int End)> Places(FilmRenderer renderer, YuvImage target)
    {
        renderer.Compose(20, target); // Nobody speaks and all is at rest but the fading of the second word.
        var ink = Enumerable.Range(0, Width).Where(x => Enumerable.Range(0, Height).Any(y => target.RowY(y)[x] > 120)).ToList();
        var words = new List<(int From, int End)> { (ink[0], ink[0]) };
        foreach (var x in ink)
        {
            if (x - words[^1].End > 7)
            {
                words.Add((x, x));
            }

            words[^1] = (words[^1].From, x + 1);
        }

        Assert.Equal(s_cue.Words.Length, words.Count);
        return words;
    }

    // Amber has little blue: how far U is below neutral, in the lightest pixels of the word.
    private static int Accent(YuvImage image, (int From, int End) word)
    {
        var least = 128;
        for (var y = 0; y < Height; y++)
        {
            for (var x = word.From; x < word.End; x++)
            {
                least = image.RowY(y)[x] > 150 ? Math.Min(least, image.RowU(y / 2)[x / 2]) : least;
            }
        }

        return 128 - least;
    }

    private static int AccentWidth(YuvImage image, (int From, int End) word)
    {
        var columns = new HashSet<int>();
        for (var y = 0; y < Height; y++)
        {
            for (var x = word.From - 20; x < word.End + 20; x++)
            {
                if (image.RowY(y)[x] > 100 && image.RowU(y / 2)[x / 2] < 100)
                {
                    columns.Add(x);
                }
            }
        }

        return columns.Count;
    }
}
