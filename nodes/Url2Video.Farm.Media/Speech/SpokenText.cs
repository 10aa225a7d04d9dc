using System.Text;
using Url2Video.Farm.Media.Speech.Normalising;

namespace Url2Video.Farm.Media.Speech;

/// <summary>Words back to text. Pure.</summary>
internal static class SpokenText
{
    /// <summary>Blanks between words, none between ideographs: an engine looks up words of several of them.</summary>
    internal static string Join(ReadOnlySpan<string> words)
    {
        var text = new StringBuilder();
        foreach (var word in words)
        {
            var tight = text.Length > 0 && word.Length > 0 && CharKind.IsIdeograph(word[0]) && CharKind.IsIdeograph(text[^1]);
            text.Append(text.Length == 0 || tight ? "" : " ").Append(word);
        }

        return text.ToString();
    }
}
