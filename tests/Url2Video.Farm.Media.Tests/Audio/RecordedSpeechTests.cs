using Url2Video.Farm.Media.Audio.Loudness;
using Url2Video.Farm.Media.Audio.Narration;
using Url2Video.Farm.Media.FFmpeg;
using Url2Video.Farm.Media.Speech.Recorded;
using Url2Video.Farm.Media.Tests.FFmpeg;

namespace Url2Video.Farm.Media.Tests.Audio;

[Collection(FFmpegCollection.Name)]
public class RecordedSpeechTests
{
    private const int Second = 48_000;

    /// <summary>Whatever a recording's level was, it stands in the mix where a voice stands.</summary>
    [RequiresFFmpegTheory]
    [InlineData(0.02, Enhancement.Off)]
    [InlineData(1.0, Enhancement.Off)]
    [InlineData(0.3, Enhancement.Aggressive)]
    public void Read_AnyLevel_ComesToTheHouseLevel(double gain, Enhancement enhancement)
    {
        var recording = Recordings.Doubles(Signals.Babble(8 * Second, 1)).Select(s => gain * s).ToArray();
        var clip = RecordedSpeech.Read(new MemoryStream(Recordings.Wav(recording, Second)), "", enhancement, 60, default);
        var meter = new IntegratedLoudness(1);
        meter.Add(Recordings.Doubles(clip.Pcm));

        Assert.InRange(LoudnessUnits.LufsHundredths(meter.GatedEnergy()), -2_150, -1_990);
        Assert.Empty(clip.Words);
        Assert.Equal(0, clip.Pcm[0]);
        Assert.Equal(0, clip.Pcm[^1]);
    }

    [RequiresFFmpegFact]
    public void Read_TooLongOrNoSound_IsRefused()
    {
        var wav = Recordings.Wav(new double[3 * Second], Second);
        Assert.Equal(FFmpegErrorKind.TooLarge, Assert.Throws<FFmpegException>(() => RecordedSpeech.Read(new MemoryStream(wav), "", Enhancement.Off, 2, default)).Kind);
        Assert.Throws<FFmpegException>(() => RecordedSpeech.Read(new MemoryStream("not a sound"u8.ToArray()), "", Enhancement.Off, 2, default));
        Assert.Throws<FFmpegException>(() => RecordedSpeech.Read(new MemoryStream(wav[..44]), "", Enhancement.Off, 2, default));
    }

    /// <summary>Two sentences with a pause between them: no word lies in the pause, and none before the other.</summary>
    [Fact]
    public void Of_TwoSentences_AreLaidOverTheSpeech()
    {
        var pcm = new short[6 * Second];
        Tone(pcm, Second, 2 * Second);
        Tone(pcm, 4 * Second, 5 * Second);

        var words = WordSpread.Of("One two three. Four five six.", pcm);

        Assert.Equal(["One", "two", "three.", "Four", "five", "six."], words.Select(w => w.Text));
        Assert.All(words.Take(2), w => Assert.InRange(w.EndSample, Second, 2 * Second + 480));
        Assert.All(words.Skip(4), w => Assert.InRange(w.StartSample, 4 * Second, 5 * Second + 480));
        Assert.All(words.Zip(words.Skip(1)), p => Assert.True(p.First.EndSample <= p.Second.StartSample));
    }

    [Fact]
    public void Of_SilenceOrNothing_StillHasEveryWord()
    {
        Assert.Equal(2, WordSpread.Of("a b", new short[100]).Length);
        Assert.Equal(2, WordSpread.Of("a b", []).Length);
        Assert.Empty(WordSpread.Of("  ", new short[100]));
    }

    private static void Tone(short[] pcm, int from, int until)
    {
        for (var i = from; i < until; i++)
        {
            pcm[i] = (short)(9_000 * Math.Sin(i / 25.0));
        }
    }
}
