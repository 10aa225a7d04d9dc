namespace Url2Video.Farm.Media.Audio.Music;

/// <summary>The moods as music: mode, tempo, harmony and instruments.</summary>
internal static class Harmony
{
    private const double Semitone = 1.059463094359295265;

    /// <summary>Loops of chords that never end hard, in open voicings without thirds in the lowest voice.</summary>
    internal static Mood Of(MusicMood mood) => mood switch
    {
        MusicMood.Bright => new Mood(MusicMode.Major, 98, 12, 4, 2, 26, 46, 18, 2, [[0, 7, 12, 16], [-5, 7, 11, 14], [-3, 4, 12, 16], [-7, 5, 9, 12]]),
        MusicMood.Warm => new Mood(MusicMode.Major, 86, 10, 4, 2, 30, 36, 25, 2, [[-3, 4, 12, 14], [-7, 5, 12, 16], [0, 7, 12, 16], [-5, 7, 11, 14]]),
        MusicMood.Epic => new Mood(MusicMode.Minor, 84, 8, 4, 2, 34, 26, 30, 2, [[0, 7, 12, 15], [-4, 3, 12, 15], [-9, 3, 10, 15], [-2, 5, 10, 14]])
        {
            Pad = Wavetable.Strings, PadAttackSamples = 19_200, PulseLevel = 120, TickLevel = 9,
        },
        MusicMood.Tense => new Mood(MusicMode.Minor, 72, 6, 8, 2, 30, 16, 45, 3, [[0, 7, 12, 15], [1, 8, 13, 15], [0, 6, 12, 15], [-1, 6, 11, 15]])
        {
            Pad = Wavetable.Strings, PadAttackSamples = 57_600, Pluck = Wavetable.Hollow, PluckReleaseShift = 12, PulseLevel = 80, BeatsPerPulse = 2,
        },
        MusicMood.Sad => new Mood(MusicMode.Minor, 58, 6, 8, 1, 34, 28, 35, 3, [[0, 7, 12, 15], [-4, 3, 8, 12], [-9, 3, 10, 15], [-5, 2, 7, 10]]),
        MusicMood.Playful => new Mood(MusicMode.Major, 116, 10, 4, 2, 12, 54, 12, 2, [[0, 7, 12, 16], [-7, 5, 9, 12], [0, 4, 7, 12], [-5, 7, 11, 14]])
        {
            Pluck = Wavetable.Hollow, PluckReleaseShift = 11, PadAttackSamples = 14_400, TickLevel = 7,
        },
        MusicMood.Corporate => new Mood(MusicMode.Major, 106, 8, 4, 2, 24, 40, 20, 2, [[0, 7, 12, 16], [-5, 7, 11, 14], [-3, 4, 9, 12], [-7, 5, 9, 12]])
        {
            PluckReleaseShift = 12, PulseLevel = 60, BeatsPerPulse = 2, TickLevel = 5,
        },
        MusicMood.Ambient => new Mood(MusicMode.Open, 50, 6, 16, 1, 36, 14, 80, 4, [[0, 7, 14, 17], [-5, 5, 12, 14], [-3, 7, 9, 16], [-7, 5, 12, 19]])
        {
            PadAttackSamples = 96_000, Pluck = Wavetable.Bell,
        },
        _ => new Mood(MusicMode.Major, 66, 10, 8, 1, 34, 26, 40, 3, [[0, 7, 11, 16], [-3, 7, 12, 16], [-7, 4, 9, 12], [-5, 5, 9, 14]]),
    };

    /// <summary>Phase per sample of a MIDI note at 48 kHz, 2³² a period, with a detuning in parts per million.</summary>
    internal static uint Step(int midi, int detuneMillionths)
    {
        var hertz = 440.0;
        for (var n = 69; n < midi; n++)
        {
            hertz *= Semitone;
        }

        for (var n = 69; n > midi; n--)
        {
            hertz /= Semitone;
        }

        return (uint)(hertz * (1 + detuneMillionths / 1e6) / 48_000 * 4_294_967_296.0);
    }
}
