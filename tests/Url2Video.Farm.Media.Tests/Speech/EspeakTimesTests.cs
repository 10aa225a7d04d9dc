using Url2Video.Farm.Media.Speech.Espeak;

namespace Url2Video.Farm.Media.Tests.Speech;

public class EspeakTimesTests
{
    [Fact]
    public void FromStarts_PauseBeforeAWord_EndsTheWordBefore()
    {
        // Sound 0..999, silence 1000..4999 (180 ms at 22,050), sound 5000..7999, silence.
        var pcm = new short[9_000];
        pcm.AsSpan(0, 1_000).Fill(5_000);
        pcm.AsSpan(5_000, 3_000).Fill(5_000);
        Assert.Equal([new WordSpan(0, 1_000), new WordSpan(5_000, 8_000)], WordSpans.FromStarts(pcm, 22_050, [0, 5_000], [3, 3]).AsEnumerable());
    }

    [Fact]
    public void FromStarts_ShortSilence_IsTheClosureOfTheNextWord()
    {
        var pcm = new short[5_000];
        pcm.AsSpan().Fill(5_000);
        pcm.AsSpan(2_000, 1_000).Clear();
        Assert.Equal([new WordSpan(0, 2_000), new WordSpan(2_000, 5_000)], WordSpans.FromStarts(pcm, 22_050, [0, 3_000], [3, 3]).AsEnumerable());
    }

    [Fact]
    public void FromStarts_JoinedOrBackwardsWords_ShareTheirTimeByLetters()
    {
        var pcm = new short[4_000];
        pcm.AsSpan().Fill(5_000);
        Assert.Equal(
            [new WordSpan(0, 1_000), new WordSpan(1_000, 2_000), new WordSpan(2_000, 4_000)],
            WordSpans.FromStarts(pcm, 22_050, [0, 1_000, 900], [2, 2, 4]).AsEnumerable());
    }

    [Fact]
    public void Spread_WordsAndSounds_FillTheirSpans()
    {
        var phones = IpaPhones.Spread("ɡ_ˈuː_t_ə_n t_ˈɑː_k", [new WordSpan(100, 600), new WordSpan(700, 900)], 1_000);
        Assert.Equal(["pau", "ɡ", "uː", "t", "ə", "n", "pau", "t", "ɑː", "k", "pau"], phones.Select(p => p.Symbol));
        Assert.Equal([-1, 0, 0, 0, 0, 0, -1, 1, 1, 1, -1], phones.Select(p => p.Word));
        Assert.Equal([100, 600, 700, 900, 1_000], phones.Where((_, i) => i is 0 or 5 or 6 or 9 or 10).Select(p => p.End));
    }

    [Fact]
    public void Spread_EngineJoinedWords_EveryWordStillHasSound()
    {
        var phones = IpaPhones.Spread("ʌ_v_ð_ə d_ɒ_ɡ", [new WordSpan(0, 200), new WordSpan(200, 300), new WordSpan(300, 700)], 700);
        Assert.Equal([0, 1, 2], phones.Select(p => p.Word).Where(w => w >= 0).Distinct());
        Assert.Equal(700, phones[^1].End);
    }

    [Fact]
    public void Parse_NotAWave_IsRefused() =>
        Assert.Throws<Url2Video.Farm.Media.Speech.SpeechException>(() => EspeakProgram.Parse("RIFF and then nothing that is a wave at all, sorry"u8));
}
