using System.Collections.Frozen;

namespace Url2Video.Farm.Content.Writing;

/// <summary>Closed word classes that tell where a noun phrase begins and ends; English and German, because only these are judged.</summary>
internal static class PhraseWords
{
    public static FrozenSet<string> Determiners { get; } = Set(
        "a an the this these those its their his her our your my every each another some any no");

    /// <summary>Without the particles (up, out, over) that belong to verbs, and without "to", which begins infinitives.</summary>
    public static FrozenSet<string> Prepositions { get; } = Set(
        "of in on at by for with from into under behind beside between through without near within inside above below towards like");

    /// <summary>What comes after a noun phrase and cannot come after half of one.</summary>
    public static FrozenSet<string> Followers { get; } = Set(
        "is are was were be has have had can could will would may might must does did of in on at by for with from into under behind " +
        "between through without near within inside that which who whose where when until before after because");

    /// <summary>They describe anything, so on a screen they describe nothing.</summary>
    public static FrozenSet<string> Vague { get; } = Set(
        "single same own whole first second third fourth last next little great good bad certain different several perfect own real such " +
        "longer one more less better worse best half enough early late later away back far long exactly simply rather almost hardly " +
        "thing things way ways lot lots kind kinds sort sorts part parts bit number time times day days year years people place case " +
        "side end middle rest others return job work answer problem name names anyone somebody nobody everybody");

    public static FrozenSet<string> NumberWords { get; } = Set(
        "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty " +
        "thirty forty fifty sixty seventy eighty ninety hundred thousand million billion " +
        "zwei drei vier fünf sechs sieben acht neun zehn elf zwölf zwanzig dreißig vierzig fünfzig hundert tausend zehntausend hunderttausend");

    public static FrozenSet<string> Dates { get; } = Set(
        "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october " +
        "november december");

    /// <summary>After these a German noun is in a case in which it does not stand alone.</summary>
    public static FrozenSet<string> GermanOblique { get; } = Set(
        "des eines seines ihres dieses jedes keines den denen dem einem einer diesem dieser mit von aus bei nach seit zu zum zur in im an am auf vor vom beim unter über");

    public static FrozenSet<string> GermanVague { get; } = Set(
        "rest teil teile jahr jahre jahren tag tage mittel mal ende seite art weise ding dinge sache sachen leute zeit zeiten zwanzigfache " +
        "wer was irgendwo nichts");

    private static FrozenSet<string> Set(string words) => words.Split(' ').ToFrozenSet(StringComparer.Ordinal);
}
