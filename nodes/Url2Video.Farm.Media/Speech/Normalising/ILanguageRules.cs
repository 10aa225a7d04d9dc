namespace Url2Video.Farm.Media.Speech.Normalising;

/// <summary>Something recognised at a place in the text.</summary>
/// <param name="Length">UTF-16 units of the source, at least 1; 0 for nothing recognised.</param>
/// <param name="Spoken">Words apart by blanks; empty for "not spoken".</param>
internal readonly record struct Reading(int Length, string Spoken)
{
    internal static readonly Reading None = new(0, "");

    internal bool Found => Length > 0;
}

/// <summary>How one language reads what is not plain words.</summary>
internal interface ILanguageRules
{
    /// <summary>Reads a number, date, address, acronym … that begins at <paramref name="at"/>.</summary>
    Reading Read(string text, int at);

    /// <summary>Reads a symbol that stands for a word (<c>&amp;</c>); empty when it is silent.</summary>
    string Symbol(char symbol);

    /// <summary>True when a full stop after this word does not end a sentence (<c>Dr</c>).</summary>
    bool IsAbbreviation(string word);
}
