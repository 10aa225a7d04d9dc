namespace Url2Video.Farm.Content.Writing;

/// <summary>A word of a sentence with what stands around it.</summary>
/// <param name="Text">As written, without the marks around it.</param>
/// <param name="Lower">For comparing.</param>
/// <param name="IsOpen">No mark stands before it: it continues what the word before began.</param>
/// <param name="IsEnd">A mark stands after it, or nothing does.</param>
/// <param name="IsFirst">Begins a sentence, where a capital says nothing.</param>
internal sealed record PhraseToken(string Text, string Lower, bool IsOpen, bool IsEnd, bool IsFirst)
{
    private const string Marks = ".,;:!?\"“”„«»()—–…'’‘";

    public bool IsCapital => char.IsUpper(Text[0]);

    public static List<PhraseToken> Of(string text)
    {
        var tokens = new List<PhraseToken>();
        var (isOpen, isFirst) = (false, true);
        foreach (var raw in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var trimmed = raw.AsSpan().Trim(Marks);
            if (trimmed.IsEmpty)
            {
                (isOpen, tokens) = (false, Closed(tokens));
                continue;
            }

            var start = raw.AsSpan().IndexOf(trimmed);
            var word = trimmed.ToString();
            var tail = raw.AsSpan(start + word.Length);
            tokens.Add(new PhraseToken(word, word.ToLowerInvariant().Replace('’', '\''), isOpen && start == 0, tail.Length > 0, isFirst));
            (isOpen, isFirst) = (tail.IsEmpty, tail.IndexOfAny(".!?…:") >= 0);
        }

        return Closed(tokens);
    }

    private static List<PhraseToken> Closed(List<PhraseToken> tokens)
    {
        if (tokens.Count > 0)
        {
            tokens[^1] = tokens[^1] with { IsEnd = true };
        }

        return tokens;
    }
}
