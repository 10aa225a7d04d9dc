using System.Collections.Immutable;
using FsCheck.Xunit;
using Url2Video.Farm.Core.Captions;

namespace Url2Video.Farm.Core.Tests.Captions;

public class CaptionBuilderTests
{
    private const long Second = 48_000;
    private static readonly CaptionStyle Wide = CaptionStyle.For(1920, 1080, new Rational(30, 1));
    private static readonly CaptionStyle Upright = CaptionStyle.For(1080, 1920, new Rational(30, 1));

    private const string Narration =
        "The new charger costs $19.99, weighs 250 g and fills a battery in 45 minutes. Is it worth the money? We think so, because it replaces three others! "
        + "Visit example.com for details, or ask our team; they answer within 24 hours, every day of the year.";

    [Fact]
    public void For_Formats_HaveTheirLineLengths()
    {
        Assert.Equal(42, Wide.LineCharsMax);
        Assert.Equal(22, Upright.LineCharsMax);
        Assert.Equal(32, CaptionStyle.For(1080, 1080, new Rational(25, 1)).LineCharsMax);
        Assert.Equal(3_200, Wide.GapSamplesMin);
        Assert.Equal(3_204, CaptionStyle.For(1920, 1080, new Rational(30000, 1001)).GapSamplesMin);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Build_Narration_KeepsEveryBound(bool wide)
    {
        var style = wide ? Wide : Upright;
        var words = Timed(Narration);
        var cues = CaptionBuilder.Build(words, style);
        Check(cues, words, style);
        // At a narrator's pace nothing is faster than can be read, or shorter than can be seen.
        Assert.All(cues, c => Assert.True(Speed(c) <= 21, $"{Speed(c)} {string.Join('/', c.Lines)}"));
        Assert.All(cues, c => Assert.True(c.EndSample - c.StartSample >= 39_840 - style.GapSamplesMin));
    }

    [Fact]
    public void Build_Narration_BreaksAtClauses()
    {
        var cues = CaptionBuilder.Build(Timed(Narration), Wide);
        Assert.Equal(
            [
                "The new charger costs $19.99, weighs 250 g / and fills a battery in 45 minutes.",
                "Is it worth the money?",
                "We think so, / because it replaces three others!",
                "Visit example.com for details, or ask / our team; they answer within 24 hours,",
                "every day of the year.",
            ],
            cues.Select(c => string.Join(" / ", c.Lines)));
    }

    [Fact]
    public void Build_LongSilence_EndsTheCue()
    {
        var words = new[] { Word("One", 0, 0.3), Word("two", 0.3, 0.6), Word("three", 3, 3.3) };
        var cues = CaptionBuilder.Build(words, Wide);
        Assert.Equal(["One two", "three"], cues.Select(c => c.Lines.Single()));
        // Long enough to read, gone long before the next.
        Assert.Equal(39_840, cues[0].EndSample);
    }

    [Fact]
    public void Build_NewNarration_EndsTheCue()
    {
        var words = new[] { Word("Scene one", 0, 1) with { EndsPhrase = true }, Word("scene two", 1.1, 2) };
        Assert.Equal(["Scene one", "scene two"], CaptionBuilder.Build(words, Wide).Select(c => c.Lines.Single()));
    }

    [Fact]
    public void Build_CloseCues_LeaveTwoFrames()
    {
        var words = new[] { Word("This is a sentence.", 0, 2), Word("And here is one more of them.", 2, 4) };
        var cues = CaptionBuilder.Build(words, Wide);
        Assert.Equal(2 * Second - 3_200, cues[0].EndSample);
    }

    [Fact]
    public void Build_LongWord_IsCutToTheLine()
    {
        var address = "https://example.com/" + new string('a', 70);
        var cues = CaptionBuilder.Build([Word(address, 0, 4)], Upright);
        Assert.Equal(address, string.Concat(cues.SelectMany(c => c.Lines)).Replace(" ", "", StringComparison.Ordinal));
        Assert.All(cues.SelectMany(c => c.Lines), l => Assert.True(l.Length <= 22));
        Assert.Equal(4 * Second, cues[^1].Words[^1].EndSample);
    }

    [Fact]
    public void Build_Ideographs_AreJoinedWithoutBlanksAndCountTwice()
    {
        var words = "今天天气很好，我们去公园散步然后回家吃饭看书睡觉明天再来一次好不好呀朋友们".Select((c, i) => Word(c.ToString(), i * 0.2, i * 0.2 + 0.2)).ToArray();
        var cues = CaptionBuilder.Build(words, Upright);
        Check(cues, words, Upright);
        Assert.DoesNotContain(cues.SelectMany(c => c.Lines), l => l.Contains(' ', StringComparison.Ordinal));
        Assert.All(cues.SelectMany(c => c.Lines), l => Assert.True(l.Length <= 11));
    }

    [Fact]
    public void Build_ControlsAndBackwardsTimes_AreMadeHarmless()
    {
        var cues = CaptionBuilder.Build([Word("a\u0000b\nc", 2, 1), Word("", 2, 3), Word("\ud800x", 0, 0.5)], Wide);
        Assert.Equal(["a b c x"], cues.SelectMany(c => c.Lines));
    }

    /// <summary>Burned captions are looked up by frame: one that runs into the next, were it by one sample, stopped the film.</summary>
    [Fact]
    public void Build_WordsAtOneMoment_DoNotOverlap()
    {
        var words = Enumerable.Range(0, 60).Select(i => new WordTime($"word{i}", 1_599, 1_599)).ToArray();

        var cues = CaptionBuilder.Build(words, Wide);

        Assert.All(cues.Zip(cues.Skip(1)), pair => Assert.True(pair.First.EndSample <= pair.Second.StartSample));
    }

    [Property(MaxTest = 200)]
    public void Build_AnyWords_KeepsEveryBound(string?[] texts, int[] gaps, bool wide)
    {
        var style = wide ? Wide : Upright;
        long at = 0;
        var words = new List<WordTime>();
        for (var i = 0; i < texts.Length; i++)
        {
            var length = 2_000 + Math.Abs((gaps.Length > 0 ? gaps[i % gaps.Length] : 0) % 97) * 400L;
            words.Add(new WordTime(texts[i] ?? "", at, at + length, i % 11 == 10));
            at += length + (i % 5 == 4 ? 20_000 : 0);
        }

        var cues = CaptionBuilder.Build(words, style);
        Check(cues, words, style);
    }

    /// <summary>Nothing lost, nothing doubled; lines, times and gaps within the style.</summary>
    private static void Check(ImmutableArray<Cue> cues, IEnumerable<WordTime> words, CaptionStyle style)
    {
        Assert.Equal(Letters(string.Concat(words.Select(w => w.Text))), Letters(string.Concat(cues.SelectMany(c => c.Lines))));
        Assert.All(cues, c => Assert.InRange(c.Lines.Length, 1, style.LinesMax));
        Assert.All(cues.SelectMany(c => c.Lines), l => Assert.True(TextWidth.Of(l) <= style.LineCharsMax, l));
        for (var i = 0; i < cues.Length; i++)
        {
            Assert.True(cues[i].EndSample > cues[i].StartSample);
            Assert.True(cues[i].EndSample - cues[i].StartSample <= style.CueSamplesMax);
            if (i + 1 < cues.Length)
            {
                var gap = cues[i + 1].StartSample - cues[i].EndSample;
                Assert.True(gap >= style.GapSamplesMin || cues[i + 1].StartSample - cues[i].StartSample <= style.GapSamplesMin, $"gap {gap}");
            }
        }
    }

    private static string Letters(string text) => string.Concat(text.Where(char.IsLetterOrDigit));

    private static double Speed(Cue cue) => TextWidth.Of(string.Join(' ', cue.Lines)) * (double)Second / (cue.EndSample - cue.StartSample);

    private static WordTime Word(string text, double start, double end) => new(text, (long)(start * Second), (long)(end * Second));

    /// <summary>155 words a minute, sentence pauses of 0.35 s.</summary>
    private static List<WordTime> Timed(string text)
    {
        var at = 960L;
        var words = new List<WordTime>();
        foreach (var word in text.Split(' '))
        {
            var length = 7_000 + 1_900L * word.Length;
            words.Add(new WordTime(word, at, at + length));
            at += length + (CaptionBreaks.EndsSentence(word) ? 16_800 : CaptionBreaks.EndsClause(word) ? 7_000 : 0);
        }

        return words;
    }
}
