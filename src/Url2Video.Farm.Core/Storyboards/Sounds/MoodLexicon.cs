using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Url2Video.Farm.Core.Storyboards.Sounds;

/// <summary>Which words speak for which mood, English and German. An entry is the beginning of a word: "celebrat" is celebrate and celebration.</summary>
internal static class MoodLexicon
{
    /// <summary>A shorter beginning would find words that have nothing to do with it.</summary>
    private const int StemCharsMin = 3;

    private static readonly (MusicMood Mood, string Stems)[] Entries =
    [
        (MusicMood.Sad, "sad sorrow grief griev mourn loss lost tragic tragedy death died dies funeral lonely alone tears wept weep farewell goodbye "
            + "heartbr miss regret victim trauer traurig verlust verlor tod tot starb gestorben abschied einsam träne opfer leid bedauer"),
        (MusicMood.Tense, "danger threat risk crisis attack fear afraid panic war warn urgent emergency crime criminal murder fraud scandal breach hack "
            + "collapse disaster storm chaos gefahr bedroh krise angriff angst krieg warnung notfall verbrech mord betrug skandal katastroph"),
        (MusicMood.Epic, "epic hero victory triumph conquer legend history historic greatest mission universe rocket launch summit record champion glory "
            + "monument empire sieg held heldin triumph legende historisch größte mission weltall rakete gipfel rekord meister ruhm"),
        (MusicMood.Playful, "fun funny joke laugh play playful game kids child children toy puppy kitten cat dog silly magic cartoon party birthday "
            + "spaß lustig witz lach spiel kinder kind spielzeug welpe kätzchen katze hund zauber geburtstag"),
        (MusicMood.Bright, "happy joy joyful celebrat great amazing wonderful exciting love best win winner success sun sunny summer bright fresh new "
            + "delight smile glücklich freude feier großartig wunderbar toll liebe erfolg gewinn sonne sommer frisch neu lächel"),
        (MusicMood.Warm, "family home friend together care caring comfort thank grateful mother father grandm neighbour neighbor gentle kind community "
            + "welcome heart familie heimat zuhause freund gemeinsam zusammen fürsorg dank mutter vater oma nachbar herz willkommen geborgen"),
        (MusicMood.Corporate, "business company customer product service market revenue growth team strategy solution platform manage invest quarter "
            + "enterprise industry efficien productiv unternehmen kunde produkt dienst markt umsatz wachstum strategie lösung plattform quartal branche"),
        (MusicMood.Ambient, "space star galaxy dream night deep ocean forest silence infinite meditat drift cloud mist horizon "
            + "stern galaxie traum nacht ozean wald stille unendlich wolke nebel horizont"),
        (MusicMood.Calm, "calm quiet peace slow breath rest relax water river tide lake garden tea morning gentle soft "
            + "ruhig ruhe frieden langsam atem entspann wasser fluss see garten tee morgen sanft leise"),
    ];

    private static readonly FrozenDictionary<string, MusicMood> Stems = Entries
        .SelectMany(e => e.Stems.Split(' ').Select(stem => (stem, e.Mood)))
        .DistinctBy(e => e.stem)
        .ToFrozenDictionary(e => e.stem, e => e.Mood, StringComparer.Ordinal);

    /// <summary>The order in which ties are decided.</summary>
    internal static ImmutableArray<MusicMood> Order { get; } = [.. Entries.Select(e => e.Mood)];

    private static readonly int StemCharsMax = Stems.Keys.Max(static s => s.Length);

    /// <summary>The mood of the longest entry that begins the word; short entries must be the whole word.</summary>
    internal static MusicMood? Find(string word)
    {
        for (var length = Math.Min(word.Length, StemCharsMax); length >= StemCharsMin; length--)
        {
            if (Stems.TryGetValue(word[..length], out var mood) && (length > StemCharsMin || length == word.Length || IsEnding(word.AsSpan(length))))
            {
                return mood;
            }
        }

        return null;
    }

    /// <summary>"No danger" is calm and "not happy" is sad.</summary>
    internal static MusicMood Opposite(MusicMood mood) => mood switch
    {
        MusicMood.Sad or MusicMood.Tense => MusicMood.Calm,
        MusicMood.Bright or MusicMood.Playful or MusicMood.Warm or MusicMood.Epic => MusicMood.Sad,
        _ => mood,
    };

    /// <summary>After three letters only an ending may follow: "sad" is in "sadly", not in "saddle".</summary>
    private static bool IsEnding(ReadOnlySpan<char> rest) => rest is "s" or "ly" or "ness" or "e" or "en" or "er" or "es";
}
