namespace Url2Video.Farm.Media.Speech;

/// <summary>Every bound of speech synthesis. The unit is the last word of the name.</summary>
public static class SpeechLimits
{
    /// <summary>The one clock of a film.</summary>
    public const int SampleRateHertz = 48_000;

    /// <summary>About half an hour of speech in one call; a scene's narration is a few hundred characters.</summary>
    public const int TextCharsMax = 20_000;

    /// <summary>One utterance of an engine; longer sentences are cut at a comma or a blank.</summary>
    public const int UtteranceCharsMax = 300;

    /// <summary>Words of one utterance whose starts are measured one by one.</summary>
    public const int UtteranceWordsMax = 60;

    /// <summary>A hung helper process is killed after this.</summary>
    public const int HelperSecondsMax = 20;

    /// <summary>Three minutes at 22,050 Hz: far beyond any utterance of <see cref="UtteranceCharsMax"/> characters.</summary>
    public const int HelperBytesMax = 8 * 1024 * 1024;

    public const int WordsPerMinuteMin = 80;

    public const int WordsPerMinuteMax = 400;

    /// <summary>The pace at which 150 to 165 words make a minute of film.</summary>
    public const int WordsPerMinuteDefault = 155;
}
