namespace Url2Video.Farm.Media.Speech;

/// <summary>How good a voice sounds, honestly; shown to whoever chooses.</summary>
public enum VoiceGrade
{
    /// <summary>Recorded speech, clearly intelligible.</summary>
    A,

    /// <summary>Formant synthesis: robotic, intelligible.</summary>
    B,

    /// <summary>Understandable with effort: vowels not restored, or needs kana instead of kanji.</summary>
    C,

    /// <summary>Near gibberish; for completeness only.</summary>
    D,
}

public enum VoiceGender
{
    Unknown,
    Female,
    Male,
}

/// <summary>A voice that is really present on this machine.</summary>
/// <param name="Id">Stable name, engine first: <c>flite:rms</c>, <c>espeak:de</c>.</param>
/// <param name="Engine"><c>flite</c> or <c>espeak</c>.</param>
/// <param name="EngineVersion">Belongs into job keys: another version may give other samples.</param>
/// <param name="Language">BCP 47 tag, lower case (<c>en-us</c>, <c>de</c>, <c>cmn</c>).</param>
/// <param name="Name">For people.</param>
public sealed record VoiceInfo(
    string Id,
    string Engine,
    string EngineVersion,
    string Language,
    VoiceGender Gender,
    VoiceGrade Grade,
    string Name);
