using System.Collections.Frozen;

namespace Url2Video.Farm.Content.Writing;

/// <summary>Words at the beginning of a sentence that point to the one before, by language.</summary>
internal static class Connectives
{
    private static readonly FrozenDictionary<string, FrozenSet<string>> Pointing = Table(new()
    {
        ["en"] =
            "it they he she this that these those its their his her such both neither either here there then so but " +
            "and or nor yet because instead otherwise meanwhile likewise thus hence therefore",
        ["de"] =
            "er sie es dies diese dieser dieses das deren dessen sein seine ihr ihre beide dort dann so aber und oder " +
            "denn doch deshalb daher darum trotzdem stattdessen dabei damit dazu davon dagegen",
        ["fr"] = "il elle ils elles ce cet cette ces cela ceci celui celle son sa ses leur leurs mais et ou donc or ni car ainsi alors y",
        ["es"] = "él ella ellos ellas este esta estos estas esto eso ese esa su sus ambos pero y o así entonces por además",
        ["it"] =
            "esso essa essi egli ella questo questa questi queste ciò quello quella suo sua suoi loro ma e o quindi " +
            "così allora perciò",
        ["pt"] = "ele ela eles elas este esta isto isso esse essa seu sua seus suas mas e ou então assim por",
        ["nl"] = "hij zij ze het dit dat deze die zijn haar hun beide daar dan maar en of want dus daarom toch",
    });

    private static readonly FrozenDictionary<string, string[]> Openers = new Dictionary<string, string[]>(StringComparer.Ordinal)
    {
        ["en"] = [
            "However, ",
            "Moreover, ",
            "Furthermore, ",
            "In addition, ",
            "Therefore, ",
            "Thus, ",
            "Nevertheless, ",
            "Of course, ",
            "In fact, ",
            "Indeed, ",
            "For example, ",
            "For instance, ",
            "As a result, ",
            "Consequently, ",
            "Additionally, ",
            "Finally, ",
            "Meanwhile, ",
            "Still, ",
            "In other words, ",
            "Naturally, ",
            "Also, "],
        ["de"] = ["Allerdings, ", "Übrigens: ", "Kurzum: ", "Kurz gesagt: "],
        ["fr"] = [
            "Cependant, ",
            "En effet, ",
            "De plus, ",
            "Par conséquent, ",
            "Toutefois, ",
            "Par exemple, ",
            "Enfin, ",
            "Ainsi, ",
            "Bien sûr, "],
        ["es"] = ["Sin embargo, ", "Además, ", "Por lo tanto, ", "De hecho, ", "Por ejemplo, ", "Finalmente, ", "Por supuesto, "],
        ["it"] = ["Tuttavia, ", "Inoltre, ", "Infatti, ", "Quindi, ", "Ad esempio, ", "Infine, "],
        ["pt"] = ["No entanto, ", "Além disso, ", "De facto, ", "De fato, ", "Por exemplo, ", "Por fim, "],
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static bool LeansBack(string sentence, string language)
    {
        if (!Pointing.TryGetValue(language, out var words))
        {
            return false;
        }

        var first = Languages.Words.Of(sentence).FirstOrDefault() ?? "";
        var apostrophe = first.IndexOf('\'', StringComparison.Ordinal);
        return words.Contains(apostrophe > 0 ? first[..apostrophe] : first);
    }

    /// <summary>The opener with which the sentence begins, or null: it joins paragraphs on a page and says nothing in a film.</summary>
    public static string? OpenerOf(string sentence, string language) =>
        Openers.GetValueOrDefault(language)?.FirstOrDefault(o => sentence.StartsWith(o, StringComparison.OrdinalIgnoreCase));

    private static FrozenDictionary<string, FrozenSet<string>> Table(Dictionary<string, string> words) =>
        words.ToFrozenDictionary(p => p.Key, p => p.Value.Split(' ').ToFrozenSet(StringComparer.Ordinal), StringComparer.Ordinal);
}
