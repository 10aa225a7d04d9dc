using System.Collections.Immutable;
using Url2Video.Farm.Content.Extraction;
using Url2Video.Farm.Content.Languages;

namespace Url2Video.Farm.Content.Writing;

/// <summary>One sentence of the source, as it stands there.</summary>
/// <param name="Index">Place among all sentences of the source.</param>
/// <param name="Block">The block it stands in.</param>
/// <param name="Topic">Its words without stop words, for comparing.</param>
internal sealed record Sentence(int Index, int Block, int Section, string Text, int Words, bool IsQuote, ImmutableHashSet<string> Topic)
{
    public static ImmutableArray<Sentence> Of(SourceDoc document, string language)
    {
        var sentences = ImmutableArray.CreateBuilder<Sentence>();
        foreach (var block in document.Blocks.Where(b => b.Kind is BlockKind.Paragraph or BlockKind.Quote or BlockKind.ListItem))
        {
            foreach (var text in SentenceSplitter.Split(block.Text, language))
            {
                sentences.Add(new Sentence(
                    sentences.Count, block.Id, block.Section, text, Languages.Words
                        .CountOf(text), block.Kind == BlockKind.Quote, TopicOf(text, language)));
            }
        }

        return sentences.ToImmutable();
    }

    public static ImmutableHashSet<string> TopicOf(string text, string language)
    {
        var stop = StopWords.Of(language);
        return [.. Languages.Words.Of(text).Where(w => (w.Length > 1 || Languages.Words.IsUnspaced(w[0])) && !stop.Contains(w))];
    }
}
