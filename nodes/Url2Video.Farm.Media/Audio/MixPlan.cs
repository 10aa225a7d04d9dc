using System.Collections.Immutable;
using Url2Video.Farm.Media.Audio.Clips;
using Url2Video.Farm.Media.Audio.Effects;
using Url2Video.Farm.Media.Audio.Spatial;

namespace Url2Video.Farm.Media.Audio;

public enum MusicMood
{
    None,
    Calm,
    Bright,
    Warm,
    Epic,
    Tense,
    Sad,
    Playful,
    Corporate,
    Ambient,
}

/// <summary>One narration on the film's clock.</summary>
/// <param name="StartSample">48 kHz, from 0. Parts outside the film are not heard.</param>
public sealed record SpeechPlacement(long StartSample, PcmSource Clip);

/// <summary>How the music steps back under speech.</summary>
/// <param name="DepthDecibelHundredths">0..4000.</param>
/// <param name="AttackSamples">The music is fully down when the first word begins.</param>
/// <param name="ReleaseSamples">Back to full level, starting at the last word's end.</param>
public sealed record DuckPlan(int DepthDecibelHundredths, int AttackSamples, int ReleaseSamples)
{
    public static DuckPlan Default { get; } = new(1_200, 14_400, 38_400);
}

/// <summary>The music of a film: a generated bed, or a file.</summary>
/// <param name="Mood">The generated bed; <see cref="MusicMood.None"/> for none. Not asked when there is a file.</param>
/// <param name="Seed">Chooses key, tempo and melody of the bed.</param>
public sealed record MusicPlan(MusicMood Mood, ulong Seed)
{
    public static MusicPlan None { get; } = new(MusicMood.None, 0);

    /// <summary>A file in place of the bed; null for the bed.</summary>
    public StereoSource? File { get; init; }

    /// <summary>A file that is shorter than the film begins again, cross-faded; else it is over.</summary>
    public bool IsLooped { get; init; } = true;

    /// <summary>Above or below the house's level: −4000..1200.</summary>
    public int GainDecibelHundredths { get; init; }

    /// <summary>At least 480; shorter in a film that has no room for it.</summary>
    public int FadeInSamples { get; init; } = 96_000;

    /// <inheritdoc cref="FadeInSamples"/>
    public int FadeOutSamples { get; init; } = 192_000;

    public DuckPlan Duck { get; init; } = DuckPlan.Default;

    internal bool IsNone => Mood == MusicMood.None && File is null;
}

/// <summary>The room in which voice and effects are heard.</summary>
/// <param name="WetPercent">0..100.</param>
public sealed record RoomPlan(RoomSize Size, int WetPercent)
{
    public static RoomPlan None { get; } = new(RoomSize.None, 0);
}

/// <summary>All the sound of a film.</summary>
/// <param name="Samples">Exact length of the result at 48 kHz.</param>
/// <param name="Speech">In any order; clips may overlap.</param>
/// <param name="LoudnessLufsTenths">Integrated loudness wanted, tenths of LUFS, −310..−80; −140 and −230 are the usual ones.</param>
/// <param name="TruePeakDbTenths">
/// Ceiling, tenths of dBTP, −90..0. The default leaves half a decibel to the lossy encoder before −1 dBTP.
/// </param>
public sealed record MixPlan(
    long Samples,
    ImmutableArray<SpeechPlacement> Speech,
    MusicPlan Music,
    int LoudnessLufsTenths = -140,
    int TruePeakDbTenths = -15)
{
    /// <summary>Effects, in any order.</summary>
    public ImmutableArray<SoundCue> Sounds { get; init; } = [];

    /// <summary>Sound of clips, in any order; like music it steps back under words.</summary>
    public ImmutableArray<ClipPlacement> Clips { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>Where the voice comes from; null for the middle, on both channels alike.</summary>
    public SoundPosition? Voice { get; init; }

    public RoomPlan Room { get; init; } = RoomPlan.None;
}

/// <summary>What the finished track measures.</summary>
/// <param name="Samples">Sample frames written: the plan's, exactly.</param>
/// <param name="LoudnessLufsHundredths">ITU-R BS.1770-4 integrated loudness; −7000 for silence.</param>
/// <param name="TruePeakDbHundredths">ITU-R BS.1770-4 annex 2 true peak; −20000 for silence.</param>
public sealed record MixReport(long Samples, int LoudnessLufsHundredths, int TruePeakDbHundredths);
