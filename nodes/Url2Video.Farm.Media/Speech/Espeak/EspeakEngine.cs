using System.Collections.Immutable;
using System.Security;

namespace Url2Video.Farm.Media.Speech.Espeak;

/// <summary>
/// Speech by the <c>espeak-ng</c> program. The program tells no times, so they are measured: the utterance is made
/// once plain and once more per word with that word and all after it at another volume; the first sample that differs
/// is where the word begins (checked against the library's own events: 0 to 63 ms late, the latter at silent closures).
/// </summary>
internal sealed class EspeakEngine(EspeakVoice voice) : ISpeechEngine
{
    /// <summary>Measured on mixed English narration, pauses included: <c>-s 175</c> speaks 184 words a minute.</summary>
    private const int SpeedNumerator = 175;
    private const int SpeedDenominator = 184;

    public Utterance Synthesise(ImmutableArray<string> words, int wordsPerMinute, CancellationToken cancellationToken)
    {
        var speed = Math.Max(80, wordsPerMinute * SpeedNumerator / SpeedDenominator);
        var escaped = words.Select(w => SecurityElement.Escape(w)!).ToImmutableArray();
        var (pcm, rate) = EspeakProgram.Speak(voice.File, speed, SpokenText.Join(escaped.AsSpan()), cancellationToken);
        var differs = new int[words.Length];
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = Math.Clamp(Environment.ProcessorCount, 1, 4), CancellationToken = cancellationToken };
        try
        {
            // Each probe writes its own slot: the result does not depend on how many run at once.
            Parallel.For(1, words.Length, parallel, word => differs[word] = Probe(escaped, word, speed, pcm, cancellationToken));
        }
        catch (AggregateException e) when (e.InnerExceptions.Any(inner => inner is SpeechException))
        {
            throw e.InnerExceptions.OfType<SpeechException>().First();
        }

        var spans = WordSpans.FromStarts(pcm, rate, differs, [.. words.Select(w => w.Length)]);
        var ipa = EspeakProgram.Ipa(voice.File, SpokenText.Join(escaped.AsSpan()), cancellationToken);
        return new Utterance(pcm, rate, IpaPhones.Spread(ipa, spans, pcm.Length));
    }

    private int Probe(ImmutableArray<string> escaped, int word, int speed, short[] plain, CancellationToken cancellationToken)
    {
        var ssml = $"{SpokenText.Join(escaped.AsSpan()[..word])} <prosody volume=\"50%\">{SpokenText.Join(escaped.AsSpan()[word..])}</prosody>";
        var (pcm, _) = EspeakProgram.Speak(voice.File, speed, ssml, cancellationToken);
        return pcm.AsSpan().CommonPrefixLength(plain);
    }
}
