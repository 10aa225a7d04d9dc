namespace Url2Video.Farm.Core.Storyboards.Sounds;

/// <summary>How hard a narration is worked on before it is mixed; for recordings rather than for synthetic voices.</summary>
public enum VoiceEnhance
{
    Off,

    /// <summary>Rumble out, a little noise out, an even level.</summary>
    Light,

    /// <summary>And sibilants tamed, gently compressed.</summary>
    Standard,

    /// <summary>As much noise out as the voice bears, compressed as for broadcast.</summary>
    Aggressive,
}
