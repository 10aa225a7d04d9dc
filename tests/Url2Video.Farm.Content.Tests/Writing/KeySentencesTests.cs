using System.Collections.Immutable;
using Url2Video.Farm.Content.Extraction;
using Url2Video.Farm.Content.Languages;
using Url2Video.Farm.Content.Writing;

namespace Url2Video.Farm.Content.Tests.Writing;

public sealed class KeySentencesTests
{
    [Fact]
    public void Scores_Mix_IsFortyThirtyFiveTwentyFive()
    {
        var sentences = Of(
            "The lens bends the light of the lamp.", "Keepers climbed the stairs with coal.", "The lens of the lamp is made of glass.");
        var rank = TextRank.Scores(sentences);

        var scores = KeySentences.Scores(sentences, "Lens and lamp", "en");

        Assert.Equal(0.40 * rank[0] + 0.35 + 0.25, scores[0], 12);
        Assert.Equal(0.40 * rank[1] + 0.35 / 1.15, scores[1], 12);
        Assert.Equal(0.40 * rank[2] + 0.35 / 1.30 + 0.25, scores[2], 12);
    }

    [Fact]
    public void TextRank_SentenceThatSharesMost_IsBest()
    {
        var scores = TextRank.Scores(Of("Glass lens.", "Glass lens lamp tower.", "Lamp tower.", "Unrelated apples."));

        Assert.Equal(1, scores[1]);
        Assert.Equal(scores.Min(), scores[3]);
    }

    [Fact]
    public void Pick_SameSentenceTwice_TakesOneOfThem()
    {
        var sentences = Of(
            "The harbour wall moved again in the spring.",
            "The harbour wall moved again in the spring.",
            "Fishermen found a new channel behind the island.");

        var picked = new KeySentences(sentences, "Harbour", "en").Pick(8_000);

        Assert.Equal([0, 2], picked.Select(s => s.Index));
    }

    [Fact]
    public void Pick_SentenceThatLeansOnTheOneBefore_ComesOnlyWithIt()
    {
        var sentences = Of(
            "The first wall was built by soldiers in a hurry.",
            "Rain fell for weeks on the open quarry.",
            "It moved by a hand within three winters.");

        var picked = new KeySentences(sentences, "Walls that moved within winters", "en").Pick(8_000);

        Assert.True(picked.All(s => s.Index != 2) || picked.Any(s => s.Index == 1), string.Join(' ', picked.Select(s => s.Index)));
    }

    [Theory]
    [InlineData(4_000)]
    [InlineData(12_000)]
    [InlineData(40_000)]
    [InlineData(120_000)]
    public void Pick_WantedLength_IsMetByItsScenes(int millis)
    {
        var picked = new KeySentences(Sentence.Of(Sources.Long(), "en"), "How lighthouses learned to blink", "en").Pick(millis);

        Assert.InRange(picked.Sum(s => FilmLength.Millis(SceneCutter.Cut([s], "en"), "en")), millis * 0.9, millis * 1.1);
    }

    [Fact]
    public void Pick_LessTimeThanAnySentenceTakes_GivesTheShortest()
    {
        var sentences = Of("The harbour wall moved again in the early spring of that year.", "Fishermen found a new channel.");

        Assert.Equal([1], new KeySentences(sentences, "Harbour", "en").Pick(500).Select(s => s.Index));
    }

    [Fact]
    public void Pick_EnoughRoom_TakesFromEverySection()
    {
        var keys = new KeySentences(Sentence.Of(Sources.Long(), "en"), "How lighthouses learned to blink", "en");

        Assert.Equal([0, 1, 2, 3, 4], keys.Pick(60_000).Select(s => s.Section).Distinct());
    }

    [Theory]
    [InlineData("The tower (which is old) stands [3] on a rock.", "The tower stands on a rock.")]
    [InlineData("However, the tower stands on a rock.", "The tower stands on a rock.")]
    [InlineData("The tower (built in 1811) stands on a rock.", "The tower (built in 1811) stands on a rock.")]
    [InlineData("The tower (“the old lady”) stands on a rock.", "The tower (“the old lady”) stands on a rock.")]
    [InlineData("However, no.", "However, no.")]
    public void Shorten_Sentence_LosesOnlyWhatSaysNothing(string sentence, string expected) =>
        Assert.Equal(expected, Compression.Shorten(sentence, "en"));

    [Fact]
    public void Shorten_LongSentence_LosesARelativeClauseButNoNumber()
    {
        const string Start = "The second harbour wall, ";
        const string End = " was finished by the same people who had already watched the first one slide slowly into the sea during three long winters.";

        Assert.DoesNotContain(
            "nobody", Compression.Shorten($"{Start}which nobody had really asked for,{End}", "en"), StringComparison.Ordinal);
        Assert.Contains("1911", Compression.Shorten($"{Start}which was begun in 1911,{End}", "en"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(
        "The lens of the first order is taller than a man and holds a thousand pieces of glass, and each of them was ground by hand in Paris.")]
    [InlineData(
        "„Ein trockenes Moor ist wie ein Ofen, den man vergessen hat, und der brennt und brennt und brennt die ganze lange Nacht“, sagt die Moorkundlerin Almut Reiter.")]
    [InlineData(
        "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty twentyone twentytwo twentythree")]
    public void Pieces_LongSentence_AddUpToItAndAreSpeakable(string sentence)
    {
        var pieces = SceneCutter.Pieces(sentence, "en");

        Assert.Equal(Words.Of(sentence), pieces.SelectMany(Words.Of));
        Assert.All(pieces, p => Assert.True(pieces.Count == 1 || SpokenLength.Millis(p, "en") >= Pace.SpeechMsMin - 200, p));
    }

    private static ImmutableArray<Sentence> Of(params string[] texts) =>
        [.. texts.Select((t, i) => new Sentence(i, i, 0, t, Words.CountOf(t), false, Sentence.TopicOf(t, "en")))];
}
