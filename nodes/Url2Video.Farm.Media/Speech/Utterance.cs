using System.Collections.Immutable;

namespace Url2Video.Farm.Media.Speech;

/// <summary>What an engine made of one short piece of text, at the engine's own rate, silence at the ends included.</summary>
/// <param name="RateHertz">Sample rate of <paramref name="Pcm"/> and of all times.</param>
/// <param name="Phones">In time order.</param>
internal sealed record Utterance(short[] Pcm, int RateHertz, ImmutableArray<UtterancePhone> Phones);

/// <param name="Word">Index of the spoken word it belongs to; −1 for silence.</param>
/// <param name="End">Sample, exclusive; the start is the end of the phone before.</param>
internal readonly record struct UtterancePhone(string Symbol, int Word, int End);

/// <summary>One way of turning words into sound.</summary>
internal interface ISpeechEngine
{
    /// <param name="words">Spoken words, each may end in punctuation; no blanks inside.</param>
    /// <param name="wordsPerMinute">Pace wanted.</param>
    /// <exception cref="SpeechException">The engine failed.</exception>
    Utterance Synthesise(ImmutableArray<string> words, int wordsPerMinute, CancellationToken cancellationToken);
}
