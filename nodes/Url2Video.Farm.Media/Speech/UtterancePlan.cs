using System.Collections.Immutable;
using Url2Video.Farm.Media.Speech.Normalising;

namespace Url2Video.Farm.Media.Speech;

/// <summary>What is given to an engine at once: a sentence, or a part of a long one.</summary>
/// <param name="Words">Spoken words with the marks that shape the intonation.</param>
/// <param name="Units">Per word the index of the source piece it comes from.</param>
/// <param name="PauseMillis">Silence after it, at the default pace.</param>
internal sealed record PlannedUtterance(ImmutableArray<string> Words, ImmutableArray<int> Units, int PauseMillis);

/// <summary>Cuts a text into utterances that an engine can be trusted with. Pure.</summary>
internal static class UtterancePlan
{
    /// <summary>No language has longer words; longer ones are noise, and engines have fixed buffers.</summary>
    private const int WordCharsMax = 80;

    internal static ImmutableArray<PlannedUtterance> Of(ImmutableArray<SpokenUnit> units)
    {
        var result = ImmutableArray.CreateBuilder<PlannedUtterance>();
        var words = ImmutableArray.CreateBuilder<string>();
        var owners = ImmutableArray.CreateBuilder<int>();
        var chars = 0;
        for (var i = 0; i < units.Length; i++)
        {
            foreach (var word in units[i].Words.SelectMany(Bounded))
            {
                if (words.Count == SpeechLimits.UtteranceWordsMax || chars + word.Length + 1 > SpeechLimits.UtteranceCharsMax)
                {
                    Close(Pause.None);
                }

                words.Add(word);
                owners.Add(i);
                chars += word.Length + 1;
            }

            var pause = units[i].After;
            if (pause > Pause.Comma || i == units.Length - 1 || (pause == Pause.Comma && chars > SpeechLimits.UtteranceCharsMax * 2 / 3))
            {
                Close(pause);
            }
            else if (pause == Pause.Comma && words.Count > 0)
            {
                words[^1] += ",";
            }
        }

        return result.ToImmutable();

        void Close(Pause pause)
        {
            if (words.Count > 0)
            {
                words[^1] = words[^1].TrimEnd(',') + Mark(pause);
                result.Add(new PlannedUtterance(words.ToImmutable(), owners.ToImmutable(), PauseMillis(pause)));
            }

            words.Clear();
            owners.Clear();
            chars = 0;
        }
    }

    private static IEnumerable<string> Bounded(string word) =>
        word.Length <= WordCharsMax ? [word] : word.Chunk(WordCharsMax).Select(c => new string(c)).Select(TrimHalves).Where(w => w.Length > 0);

    /// <summary>A cut may have split a surrogate pair.</summary>
    private static string TrimHalves(string piece)
    {
        var start = char.IsLowSurrogate(piece[0]) ? 1 : 0;
        var end = char.IsHighSurrogate(piece[^1]) ? piece.Length - 1 : piece.Length;
        return start < end ? piece[start..end] : "";
    }

    private static string Mark(Pause pause) => pause switch { Pause.Question => "?", Pause.Exclamation => "!", Pause.None or Pause.Comma => ",", _ => "." };

    private static int PauseMillis(Pause pause) => pause switch
    {
        Pause.None => 60,
        Pause.Comma => 160,
        Pause.Question => 380,
        Pause.Paragraph => 650,
        _ => 350,
    };
}
