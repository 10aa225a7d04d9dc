using Url2Video.Farm.Content.Languages;
using Url2Video.Farm.Content.Tests.Support;
using Url2Video.Farm.Content.Writing;
using Url2Video.Farm.Core.Storyboards;

namespace Url2Video.Farm.Content.Tests.Writing;

public sealed class KeyPhrasesTests
{
    /// <summary>Every phrase that a sentence of the sample can put on the screen, as a person judged them.</summary>
    [Theory]
    [InlineData(
        "article",
        "Simple promise, Two thousand years, Aimé Argand, Augustin Fresnel, Thick glass, Twenty miles, Ines Carvalho, Three tons, Three flashes, Old promise")]
    [InlineData(
        "product",
        "Camp light, Warm light, Forty guests, Three winters, Three lumens, Milky Way, Reading lamp, Three hours, Reading light, Four screws, Fifteen years, New battery, Three days")]
    [InlineData(
        "deutsch",
        "Drei Prozent, Kohlenstoff, Pilze und Bakterien, Dünne Schicht, Hochmoor, Zehn Meter Torf, Torfmoos, Sieben Prozent, Moorkundlerin Almut Reiter, Schilf und Rohrkolben")]
    [InlineData(
        "notes",
        "Tide table, High water, Low water, Three twelfths, Six metres, Spring tide, Two days, Lowest tide, Walk home")]
    public void Best_SentencesOfTheSamples_AreTheJudgedPhrases(string sample, string expected) =>
        Assert.Equal(expected.Split(", "), PhrasesOf(sample));

    /// <summary>What films once showed.</summary>
    [Theory]
    [InlineData("article", "Today every lighthouse in the world blinks in its own rhythm,")]
    [InlineData("article", "and a sailor with a watch and a chart can name a tower she has never seen.")]
    [InlineData("article", "and no other light within sight will say the same.")]
    [InlineData("article", "The answer was to let the light speak.")]
    [InlineData("product", "and the lantern will charge a phone in return when the weather turns and the map matters more than the light.")]
    [InlineData("notes", "A strong wind from the sea can hold the water half a metre higher than printed,")]
    [InlineData("deutsch", "Sobald Luft in den Torf gelangt, beginnt er zu verschwinden.")]
    [InlineData("deutsch", "Ein Moor, das wieder nass ist, braucht Jahrzehnte, bis es wieder wächst.")]
    public void Best_SentenceWithoutAPhraseOfItsOwn_IsNothing(string sample, string sentence)
    {
        var source = Sources.Sample(sample);

        Assert.Null(new KeyPhrases(source, source.Language).Best(sentence, new HashSet<string>()));
    }

    [Theory]
    [InlineData("article")]
    [InlineData("product")]
    [InlineData("deutsch")]
    [InlineData("notes")]
    public void Best_AnyPhrase_NeitherBeginsNorEndsWithAStopWord(string sample)
    {
        var stop = StopWords.Of(Sources.Sample(sample).Language).Except(PhraseWords.NumberWords).ToHashSet();

        Assert.All(
            PhrasesOf(sample).Select(p => p.ToLowerInvariant().Split(' ')),
            words => Assert.False(stop.Contains(words[0]) || stop.Contains(words[^1]), string.Join(' ', words)));
    }

    [Fact]
    public void Best_LanguageThatNobodyJudged_ShowsNamesOnly()
    {
        var source = Sources.Sample("article") with { Language = "fr" };
        var phrases = new KeyPhrases(source, "fr");

        Assert.Equal("Victor Hugo", phrases.Best("La maison de Victor Hugo est sur la place.", new HashSet<string>()));
        Assert.Null(phrases.Best("La maison blanche est sur la grande place.", new HashSet<string>()));
    }

    [Fact]
    public void Write_FirstSentenceOfASection_ShowsItsHeadingAndLaterOnesNeverRepeatIt()
    {
        var source = Sources.Sample("article");
        var shown = StoryWriter.Write(source, Briefs.Plain with { SecondsTarget = 90 }).Storyboard.Scenes
            .SelectMany(s => s.Texts).Select(t => (t.Kind, Text: t.Values[0])).ToList();

        Assert.Equal(4, shown.Count(s => s.Kind == TextKind.Title && source.Blocks.Any(b => b.Text == s.Text)));
        Assert.Equal(shown.Select(s => s.Text).Distinct(), shown.Select(s => s.Text));
    }

    [Theory]
    [InlineData("Enough to cook for six, and it ends at 320, which is plenty.")]
    [InlineData("Among the 12 who stayed nobody slept.")]
    public void Write_BareNumber_IsNotShown(string sentence)
    {
        var source = Sources.Sample("article");
        var beat = new Beat(SceneRole.Point, sentence, [], 1, 0, []);

        Assert.DoesNotContain(new ScreenText(source, "en").For(beat), t => t.Kind == TextKind.Number);
    }

    private static string[] PhrasesOf(string sample)
    {
        var source = Sources.Sample(sample);
        var phrases = new KeyPhrases(source, source.Language);
        return [
            .. Sentence.Of(source, source.Language).SelectMany(s => SceneCutter.Cut([s], source.Language))
                .Select(b => phrases.Best(b.Say, new HashSet<string>())).OfType<string>().Distinct()];
    }
}
