using System.Collections.Immutable;
using Url2Video.Farm.Media.Speech.Normalising;

namespace Url2Video.Farm.Media.Speech;

/// <summary>Text to narration: normalised, spoken sentence by sentence, joined, levelled, with the times of every word. Thread-safe.</summary>
public sealed class Speaker(VoiceCatalog catalog)
{
    /// <summary>
    /// The same text, voice and pace give the same bytes on every call, in any order, on any machine with the same
    /// engine version.
    /// </summary>
    /// <param name="text">Untrusted source text, at most <see cref="SpeechLimits.TextCharsMax"/> characters; markup is not obeyed.</param>
    /// <param name="voice">From the catalog.</param>
    /// <param name="wordsPerMinute">80..400; 155 is a narrator's pace.</param>
    /// <param name="language">BCP 47 of the text, for numbers and signs; null: the voice's language.</param>
    /// <exception cref="SpeechException">See <see cref="SpeechFailure"/>.</exception>
    public SpokenClip Speak(string text, VoiceInfo voice, int wordsPerMinute, string? language, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(voice);
        ArgumentOutOfRangeException.ThrowIfLessThan(wordsPerMinute, SpeechLimits.WordsPerMinuteMin);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(wordsPerMinute, SpeechLimits.WordsPerMinuteMax);
        if (text.Length > SpeechLimits.TextCharsMax)
        {
            throw new SpeechException(SpeechFailure.TextTooLong, $"The text has {text.Length} characters; at most {SpeechLimits.TextCharsMax} are spoken at once.");
        }

        var engine = catalog.EngineOf(voice);
        var units = TextNormaliser.Normalise(text, language ?? voice.Language);
        var plan = UtterancePlan.Of(units);
        if (plan.IsEmpty)
        {
            throw new SpeechException(SpeechFailure.NothingToSay, "The text holds no word that can be spoken.");
        }

        return Join(text, units, plan, engine, wordsPerMinute, cancellationToken);
    }

    /// <summary>As above at the default pace, in the voice's language.</summary>
    /// <exception cref="SpeechException">See <see cref="SpeechFailure"/>.</exception>
    public SpokenClip Speak(string text, VoiceInfo voice, CancellationToken cancellationToken) =>
        Speak(text, voice, SpeechLimits.WordsPerMinuteDefault, null, cancellationToken);

    private static SpokenClip Join(
        string text, ImmutableArray<SpokenUnit> units, ImmutableArray<PlannedUtterance> plan, ISpeechEngine engine, int wordsPerMinute, CancellationToken cancellationToken)
    {
        var clip = new ClipBuilder(text, units);
        for (var i = 0; i < plan.Length; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var utterance = engine.Synthesise(plan[i].Words, wordsPerMinute, cancellationToken);
            var millis = i == plan.Length - 1 ? 0 : plan[i].PauseMillis * SpeechLimits.WordsPerMinuteDefault / wordsPerMinute;
            clip.Add(plan[i], utterance, millis * (SpeechLimits.SampleRateHertz / 1000));
        }

        return clip.Build();
    }
}
