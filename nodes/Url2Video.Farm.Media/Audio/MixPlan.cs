using System.Collections.Immutable;

namespace Url2Video.Farm.Media.Audio;

public enum MusicMood
{
    None,
    Calm,
    Bright,
    Corporate,
}

/// <summary>One narration on the film's clock.</summary>
/// <param name="StartSample">48 kHz, from 0. Parts outside the film are not heard.</param>
public sealed record SpeechPlacement(long StartSample, PcmSource Clip);

/// <summary>All the sound of a film.</summary>
/// <param name="Samples">Exact length of the result at 48 kHz.</param>
/// <param name="Speech">In any order; clips may overlap.</param>
/// <param name="Mood">The generated bed under the speech; <see cref="MusicMood.None"/> for none.</param>
/// <param name="Seed">Chooses key, tempo and melody of the bed.</param>
/// <param name="LoudnessLufsTenths">Integrated loudness wanted, tenths of LUFS, −310..−80; −140 and −230 are the usual ones.</param>
/// <param name="TruePeakDbTenths">
/// Ceiling, tenths of dBTP, −90..0. The default leaves half a decibel to the lossy encoder before −1 dBTP.
/// </param>
public sealed record MixPlan(
    long Samples,
    ImmutableArray<SpeechPlacement> Speech,
    MusicMood Mood,
    ulong Seed,
    int LoudnessLufsTenths = -140,
    int TruePeakDbTenths = -15);

/// <summary>What the finished track measures.</summary>
/// <param name="Samples">Sample frames written: the plan's, exactly.</param>
/// <param name="LoudnessLufsHundredths">ITU-R BS.1770-4 integrated loudness; −7000 for silence.</param>
/// <param name="TruePeakDbHundredths">ITU-R BS.1770-4 annex 2 true peak; −20000 for silence.</param>
public sealed record MixReport(long Samples, int LoudnessLufsHundredths, int TruePeakDbHundredths);
