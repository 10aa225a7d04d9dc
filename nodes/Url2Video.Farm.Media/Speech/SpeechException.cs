namespace Url2Video.Farm.Media.Speech;

/// <summary>Why nothing could be said.</summary>
public enum SpeechFailure
{
    /// <summary>No such voice, or none for the language, on this machine.</summary>
    VoiceNotFound,

    /// <summary>More characters than <see cref="SpeechLimits.TextCharsMax"/>.</summary>
    TextTooLong,

    /// <summary>The text holds nothing that can be spoken (only punctuation, emoji, blanks).</summary>
    NothingToSay,

    /// <summary>The engine crashed, hung, wrote too much, or gave no sound.</summary>
    EngineFailed,
}

/// <summary>Speech could not be made; <see cref="Kind"/> says why, the message what would help.</summary>
public sealed class SpeechException : Exception
{
    public SpeechException()
    {
    }

    public SpeechException(string message)
        : base(message)
    {
    }

    public SpeechException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    public SpeechException(SpeechFailure kind, string message, Exception? innerException = null)
        : base(message, innerException) => Kind = kind;

    public SpeechFailure Kind { get; } = SpeechFailure.EngineFailed;
}
