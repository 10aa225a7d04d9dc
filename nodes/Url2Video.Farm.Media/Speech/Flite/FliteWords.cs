using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace Url2Video.Farm.Media.Speech.Flite;

/// <summary>Walks an utterance's segments up to the tokens they came from, and tokens back to the words we gave.</summary>
internal static class FliteWords
{
    /// <summary>Every segment in order with the index of its word (−1 for silence) and its end in seconds.</summary>
    internal static ImmutableArray<(string Symbol, int Word, float EndSeconds)> Read(SafeUtteranceHandle utterance, ImmutableArray<string> words)
    {
        if (FliteNative.utt_relation_present(utterance, "Segment") == 0 || FliteNative.utt_relation_present(utterance, "Token") == 0)
        {
            return [];
        }

        var tokens = Tokens(utterance, words);
        var result = ImmutableArray.CreateBuilder<(string, int, float)>();
        for (var segment = Head(utterance, "Segment"); segment != 0; segment = FliteNative.item_next(segment))
        {
            result.Add((Text(segment, "name"), WordOf(segment, tokens), FliteNative.item_feat_float(segment, "end")));
        }

        return result.ToImmutable();
    }

    /// <summary>
    /// flite splits at blanks and strips punctuation, and may split once more; finding each token in turn in the joined
    /// text tells which word it is part of, however it was split.
    /// </summary>
    private static Dictionary<nint, int> Tokens(SafeUtteranceHandle utterance, ImmutableArray<string> words)
    {
        var joined = string.Join(' ', words);
        var wordOfChar = new int[joined.Length + 1];
        for (int word = 0, at = 0; word < words.Length; word++)
        {
            wordOfChar.AsSpan(at, words[word].Length + 1).Fill(word);
            at += words[word].Length + 1;
        }

        var tokens = new Dictionary<nint, int>();
        var from = 0;
        for (var token = Head(utterance, "Token"); token != 0; token = FliteNative.item_next(token))
        {
            var name = Text(token, "name");
            var at = joined.IndexOf(name, from, StringComparison.Ordinal);
            at = at < 0 ? from : at;
            // Items of one thing differ per relation but share their contents, the first member of the struct.
            tokens[Contents(token)] = wordOfChar[Math.Min(at, joined.Length)];
            from = Math.Min(at + name.Length, joined.Length);
        }

        return tokens;
    }

    private static int WordOf(nint segment, Dictionary<nint, int> tokens)
    {
        var inSyllables = FliteNative.item_as(segment, "SylStructure");
        var syllable = inSyllables == 0 ? 0 : FliteNative.item_parent(inSyllables);
        var word = syllable == 0 ? 0 : FliteNative.item_parent(syllable);
        var inTokens = word == 0 ? 0 : FliteNative.item_as(word, "Token");
        var token = inTokens == 0 ? 0 : FliteNative.item_parent(inTokens);
        return token != 0 && tokens.TryGetValue(Contents(token), out var index) ? index : -1;
    }

    private static nint Head(SafeUtteranceHandle utterance, string relation) =>
        FliteNative.relation_head(FliteNative.utt_relation(utterance, relation));

    private static string Text(nint item, string feature) => Marshal.PtrToStringUTF8(FliteNative.item_feat_string(item, feature)) ?? "";

    private static unsafe nint Contents(nint item) => *(nint*)item;
}
