namespace Url2Video.Farm.Media.Audio.Music;

/// <summary>The music at its level: under the voice by the plan's depth, free where nobody speaks.</summary>
internal sealed class DuckedMusic
{
    private readonly IMusic _music;
    private readonly DuckEnvelope _envelope;
    private readonly long _gain;
    private readonly long _depth;
    private readonly int[] _block = new int[2 * ScratchSamples.BlockFrames];

    internal DuckedMusic(MixPlan plan)
    {
        var music = plan.Music;
        var fade = new MusicFade(plan.Samples, music.FadeInSamples, music.FadeOutSamples);
        var wanted = Premix.MusicLufsHundredths + music.GainDecibelHundredths;
        double gain;
        if (music.File is { } file)
        {
            _music = new FileMusic(file, music.IsLooped, plan.Samples, music.FadeInSamples, music.FadeOutSamples);
            gain = MusicLevel.OfFile(file, wanted);
        }
        else
        {
            _music = new MusicBed(music.Mood, music.Seed, fade);
            gain = MusicLevel.OfBed(music.Mood, music.Seed, wanted);
        }

        _envelope = new DuckEnvelope(plan.Speech.Select(s => (s.StartSample, s.StartSample + s.Clip.Samples)), music.Duck);
        _gain = (long)(gain * (1 << 16));
        // Rounded up: the music is never louder than the depth that was asked for.
        _depth = (long)Math.Ceiling((1 - StrictMath.Amplitude(-music.Duck.DepthDecibelHundredths)) * (1 << 16));
    }

    internal void AddTo(Span<int> samples, long at)
    {
        var music = _block.AsSpan(0, samples.Length);
        _music.Next(music);
        for (var i = 0; i < samples.Length; i += 2)
        {
            var level = _gain * ((1 << 16) - ((_envelope.At(at + i / 2) * _depth) >> 15)) >> 16;
            samples[i] += (int)(music[i] * level >> 16);
            samples[i + 1] += (int)(music[i + 1] * level >> 16);
        }
    }
}
