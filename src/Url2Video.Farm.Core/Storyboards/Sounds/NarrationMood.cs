namespace Url2Video.Farm.Core.Storyboards.Sounds;

/// <summary>
/// The mood of a film from what is said in it: words of the lexicon vote, a negation before a word turns its vote round. Pure:
/// the same words give the same music.
/// </summary>
public static class NarrationMood
{
    /// <summary>A negation reaches this many words ahead: "not a good day".</summary>
    private const int NegationWords = 3;

    private static readonly HashSet<string> Negations = new(StringComparer.Ordinal)
    {
        "not", "no", "never", "without", "hardly", "nicht", "kein", "keine", "keinen", "nie", "ohne", "kaum",
    };

    /// <returns>The mood to play: what the document says, or what its words say when it leaves the choice to us.</returns>
    public static MusicMood Of(Storyboard storyboard) => storyboard.Music?.Mood switch
    {
        null => MusicMood.Calm,
        MusicMood.Auto => Of(storyboard.Scenes.SelectMany(s => s.Texts.SelectMany(t => t.Values).Append(s.Say))),
        { } mood => mood,
    };

    /// <returns>Never <see cref="MusicMood.Auto"/>; calm when nothing votes; ties go to the mood that the lexicon names first.</returns>
    public static MusicMood Of(IEnumerable<string> texts)
    {
        var votes = new int[Enum.GetValues<MusicMood>().Length];
        foreach (var text in texts)
        {
            Count(text, votes);
        }

        var best = MusicMood.Calm;
        foreach (var mood in MoodLexicon.Order)
        {
            best = votes[(int)mood] > votes[(int)best] ? mood : best;
        }

        return best;
    }

    private static void Count(string text, int[] votes)
    {
        var negated = 0;
        foreach (var word in WordsOf(text))
        {
            if (Negations.Contains(word))
            {
                negated = NegationWords;
                continue;
            }

            if (MoodLexicon.Find(word) is { } mood)
            {
                votes[(int)(negated > 0 ? MoodLexicon.Opposite(mood) : mood)]++;
            }

            negated = Math.Max(0, negated - 1);
        }
    }

    private static IEnumerable<string> WordsOf(string text)
    {
        var start = -1;
        for (var i = 0; i <= text.Length; i++)
        {
            var isLetter = i < text.Length && char.IsLetter(text[i]);
            if (isLetter && start < 0)
            {
                start = i;
            }
            else if (!isLetter && start >= 0)
            {
                yield return text[start..i].ToLowerInvariant();
                start = -1;
            }
        }
    }
}
