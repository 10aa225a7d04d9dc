namespace Url2Video.Farm.Media.Audio.Music;

internal enum MusicMode
{
    Major,
    Minor,

    /// <summary>Neither: fourths and seconds in place of the third.</summary>
    Open,
}

/// <summary>What a mood sounds like. Chords are semitones above the key's root.</summary>
/// <param name="BeatsPerMinute">Slowest; the seed adds up to <paramref name="BeatsSpread"/>.</param>
/// <param name="BeatsPerChord">How long a chord stays.</param>
/// <param name="PluckLevel">Thousandths of full scale.</param>
/// <param name="RestPercent">Share of arpeggio steps left silent.</param>
/// <param name="ToneShift">One-pole low-pass: larger is darker.</param>
internal sealed record Mood(
    MusicMode Mode,
    int BeatsPerMinute,
    int BeatsSpread,
    int BeatsPerChord,
    int StepsPerBeat,
    int PadLevel,
    int PluckLevel,
    int RestPercent,
    int ToneShift,
    int[][] Chords)
{
    internal Wavetable Pad { get; init; } = Wavetable.Pad;

    internal Wavetable Pluck { get; init; } = Wavetable.Pluck;

    /// <summary>A chord's rise: long is a swell, short an organ.</summary>
    internal int PadAttackSamples { get; init; } = 43_200;

    /// <summary>Plucks fall to 37 % in 2^shift samples.</summary>
    internal int PluckReleaseShift { get; init; } = 13;

    /// <summary>A soft low beat, thousandths of full scale; 0 for none.</summary>
    internal int PulseLevel { get; init; }

    /// <summary>Beats from one pulse to the next.</summary>
    internal int BeatsPerPulse { get; init; } = 1;

    /// <summary>A small high beat between the pulses; 0 for none.</summary>
    internal int TickLevel { get; init; }
}
