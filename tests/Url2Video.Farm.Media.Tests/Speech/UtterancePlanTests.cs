using Url2Video.Farm.Media.Speech;
using Url2Video.Farm.Media.Speech.Normalising;

namespace Url2Video.Farm.Media.Tests.Speech;

public class UtterancePlanTests
{
    [Fact]
    public void Of_Sentences_AreOneUtteranceEachWithTheirMarks()
    {
        var plan = UtterancePlan.Of(TextNormaliser.Normalise("Well, yes. Really? Go!", "en"));
        Assert.Equal(["Well, yes.", "Really?", "Go!"], plan.Select(p => string.Join(' ', p.Words)));
        Assert.Equal([0, 1], plan[0].Units.AsEnumerable());
        Assert.True(plan[1].PauseMillis > plan[0].PauseMillis);
    }

    [Fact]
    public void Of_EndlessSentence_IsCutWithinTheLimits()
    {
        var text = string.Join(' ', Enumerable.Range(0, 500).Select(i => i % 9 == 8 ? "clause," : "word"));
        var plan = UtterancePlan.Of(TextNormaliser.Normalise(text, "en"));
        Assert.All(plan, p => Assert.True(p.Words.Length <= SpeechLimits.UtteranceWordsMax && p.Words.Sum(w => w.Length + 1) <= SpeechLimits.UtteranceCharsMax + 1));
        Assert.Equal(500, plan.Sum(p => p.Words.Length));
        Assert.Equal(Enumerable.Range(0, 500), plan.SelectMany(p => p.Units));
    }

    [Fact]
    public void Of_EndlessWord_IsCutWithoutBreakingCharacters()
    {
        var plan = UtterancePlan.Of(TextNormaliser.Normalise(string.Concat(Enumerable.Repeat("\U00010400", 301)), "en"));
        Assert.All(plan.SelectMany(p => p.Words), w => Assert.True(w.Length <= 81 && !w.Contains('\ufffd') && new System.Text.UTF8Encoding(false, true).GetByteCount(w) > 0));
    }

    [Theory]
    [InlineData("m", Viseme.Mbp)]
    [InlineData("iy", Viseme.Eiy)]
    [InlineData("pau", Viseme.Rest)]
    [InlineData("tʃ", Viseme.Chsh)]
    [InlineData("ɔː", Viseme.Ao)]
    [InlineData("θ", Viseme.Th)]
    [InlineData("ʘ", Viseme.Tdn)]
    public void Of_Sound_HasItsShape(string symbol, Viseme viseme) => Assert.Equal(viseme, VisemeMap.Of(symbol));
}
