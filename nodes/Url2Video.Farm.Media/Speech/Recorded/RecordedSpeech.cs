using Url2Video.Farm.Media.Audio.Narration;
using Url2Video.Farm.Media.FFmpeg;
using Url2Video.Farm.Media.Speech.Signal;

namespace Url2Video.Farm.Media.Speech.Recorded;

/// <summary>Narration that somebody recorded, brought to the form and the level of what the voices say.</summary>
public static class RecordedSpeech
{
    private const int RateHertz = 48_000;

    /// <param name="file">Any sound file the decoder knows; stays the caller's.</param>
    /// <param name="said">What is heard, for captions; may be empty.</param>
    /// <param name="secondsMax">Longer sound is refused.</param>
    /// <exception cref="FFmpegException">InvalidData when there is no sound in it; TooLarge past the bound.</exception>
    public static SpokenClip Read(Stream file, string said, Enhancement enhancement, int secondsMax, CancellationToken cancellationToken)
    {
        var samples = Decode(file, secondsMax);
        cancellationToken.ThrowIfCancellationRequested();
        NarrationChain.Apply(samples, enhancement);
        var pcm = new short[samples.Length];
        SpeechPolish.Level(samples, pcm);
        SilenceTrim.Fade(pcm, RateHertz);
        return new SpokenClip(pcm, WordSpread.Of(said, pcm), []);
    }

    /// <summary>The same stages for what a voice has said; times stay as they are.</summary>
    public static SpokenClip Enhance(SpokenClip clip, Enhancement enhancement)
    {
        if (enhancement == Enhancement.Off)
        {
            return clip;
        }

        var samples = new double[clip.Pcm.Length];
        for (var i = 0; i < samples.Length; i++)
        {
            samples[i] = clip.Pcm[i] / 32_768.0;
        }

        NarrationChain.Apply(samples, enhancement);
        var pcm = new short[samples.Length];
        SpeechPolish.Level(samples, pcm);
        return clip with { Pcm = pcm };
    }

    private static double[] Decode(Stream file, int secondsMax)
    {
        var blocks = new List<float[]>();
        var options = new AudioDecodeOptions { Output = new AudioFormat(1), SecondsMax = secondsMax };
        AudioDecoder.Decode(file, options, block => blocks.Add(block.ToArray()));
        var samples = new double[blocks.Sum(b => b.Length)];
        var at = 0;
        foreach (var sample in blocks.SelectMany(b => b))
        {
            // A NaN in a float file is silence; what is over full scale was meant to clip.
            samples[at++] = float.IsNaN(sample) ? 0 : Math.Clamp(sample, -1.0, 1.0);
        }

        return samples.Length > 0 ? samples : throw new FFmpegException(FFmpegErrorKind.InvalidData, "There is no sound in it.");
    }
}
