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

    [Fact]
    public void Build_NoSoundAtAll_IsRefused()
    {
        var units = TextNormaliser.Normalise("so quiet", "en");
        var clip = new ClipBuilder("so quiet", units);
        clip.Add(UtterancePlan.Of(units)[0], new Utterance(new short[8_000], 16_000, [new UtterancePhone("pau", -1, 8_000)]), 0);
        Assert.Equal(SpeechFailure.NothingToSay, Assert.Throws<SpeechException>(clip.Build).Kind);
    }

    [Fact]
    public void Build_WordWithoutSound_StillHasAPlace()
    {
        var units = TextNormaliser.Normalise("one two three", "en");
        var clip = new ClipBuilder("one two three", units);
        var pcm = new short[8_000];
        pcm.AsSpan(1_000, 6_000).Fill(4_000);
        clip.Add(UtterancePlan.Of(units)[0], new Utterance(pcm, 16_000, [new UtterancePhone("pau", -1, 1_000), new UtterancePhone("w", 0, 4_000), new UtterancePhone("r", 2, 7_000)]), 0);
        var words = clip.Build().Words;
        Assert.Equal(["one", "two", "three"], words.Select(w => w.Text));
        Assert.Equal(words[0].EndSample, words[1].StartSample);
        Assert.Equal(words[1].StartSample, words[1].EndSample);
        Assert.Equal(words[1].EndSample, words[2].StartSample);
        Assert.Equal(3 * 3_000, words[2].EndSample - words[2].StartSample);
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
