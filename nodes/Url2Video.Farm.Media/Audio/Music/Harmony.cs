namespace Url2Video.Farm.Media.Audio.Music;

/// <summary>What a mood sounds like. Chords are semitones above the key's root.</summary>
/// <param name="BeatsPerMinute">Slowest; the seed adds up to <paramref name="BeatsSpread"/>.</param>
/// <param name="BeatsPerChord">How long a chord stays.</param>
/// <param name="PluckLevel">Thousandths of full scale.</param>
/// <param name="RestPercent">Share of arpeggio steps left silent.</param>
/// <param name="ToneShift">One-pole low-pass: larger is darker.</param>
internal sealed record Mood(
    int BeatsPerMinute, int BeatsSpread, int BeatsPerChord, int StepsPerBeat, int PadLevel, int PluckLevel, int RestPercent, int ToneShift, int[][] Chords);

internal static class Harmony
{
    private const double Semitone = 1.059463094359295265;

    /// <summary>Four-chord loops that never end hard, in open voicings without thirds in the lowest voice.</summary>
    internal static Mood Of(MusicMood mood) => mood switch
    {
        MusicMood.Bright => new Mood(98, 12, 4, 2, 26, 46, 18, 2, [[0, 7, 12, 16], [-5, 7, 11, 14], [-3, 4, 12, 16], [-7, 5, 9, 12]]),
        MusicMood.Corporate => new Mood(86, 10, 4, 2, 30, 36, 25, 2, [[-3, 4, 12, 14], [-7, 5, 12, 16], [0, 7, 12, 16], [-5, 7, 11, 14]]),
        _ => new Mood(66, 10, 8, 1, 34, 26, 40, 3, [[0, 7, 11, 16], [-3, 7, 12, 16], [-7, 4, 9, 12], [-5, 5, 9, 14]]),
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
