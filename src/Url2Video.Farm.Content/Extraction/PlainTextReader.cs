using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Url2Video.Farm.Content.Languages;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Errors;

namespace Url2Video.Farm.Content.Extraction;

/// <summary>Plain text and the everyday part of Markdown to a <see cref="SourceDoc"/>.</summary>
internal static partial class PlainTextReader
{
    private const int ProseCharsMin = 20;

    /// <exception cref="FarmException"><c>ERR_NO_TEXT</c>.</exception>
    public static SourceDoc Read(string text, string? url)
    {
        var parts = Parts(text.ReplaceLineEndings("\n").Split('\n'));
        var heading = parts.FirstOrDefault(p => p.Kind == BlockKind.Heading);
        var title = heading is not null && ReferenceEquals(heading, parts[0]) && heading.Text.Length <= 200
            ? heading.Text
            : TitleFrom(parts);
        parts.RemoveAll(p => p.Kind == BlockKind.Heading && p.Text == title);
        if (parts.Where(p => p.Kind != BlockKind.Heading).Sum(p => p.Text.Length) < ProseCharsMin)
        {
            throw new FarmException(
                ErrorCodes.NoText, "The text has no sentence to make a film of.", "Give at least two or three sentences.");
        }

        var section = 0;
        var blocks = ImmutableArray.CreateBuilder<Block>(parts.Count);
        foreach (var part in parts.Take(Limits.BlocksPerSourceMax))
        {
            section += part.Kind == BlockKind.Heading ? 1 : 0;
            blocks.Add(new Block(blocks.Count, part.Kind, part.Level, part.Text, section, $"line:{part.Line}"));
        }

        var prose = string.Join('\n', blocks.Select(b => b.Text));
        return new SourceDoc(
            SourceKind.Text, url, title, null, null, LanguageDetector.Detect(prose, null), null, null, blocks.ToImmutable(), []);
    }

    private static List<Part> Parts(string[] lines)
    {
        var parts = new List<Part>();
        var open = new List<string>();
        var (openLine, isCode) = (0, false);
        for (var i = 0; i < lines.Length; i++)
        {
            var line = lines[i].Trim();
            if (line.StartsWith("```", StringComparison.Ordinal))
            {
                Close(isCode ? BlockKind.Code : BlockKind.Paragraph);
                isCode = !isCode;
                continue;
            }

            if (isCode)
            {
                Open(lines[i], i);
            }
            else if (line.Length > 0 && open.Count == 1 && Underline().IsMatch(line))
            {
                parts.Add(new Part(BlockKind.Heading, line[0] == '=' ? 1 : 2, Plain(open[0]), openLine + 1));
                open.Clear();
            }
            else if (line.Length == 0 || Rule().IsMatch(line))
            {
                Close(BlockKind.Paragraph);
            }
            else if (Marked().Match(line) is { Success: true } match)
            {
                Close(BlockKind.Paragraph);
                var mark = match.Groups[1].Value;
                var kind = mark[0] switch { '#' => BlockKind.Heading, '>' => BlockKind.Quote, _ => BlockKind.ListItem };
                parts.Add(
                    new Part(
                        kind, kind == BlockKind.Heading ? mark.Trim().Length : 0, Plain(match.Groups[2].Value.TrimEnd('#', ' ')), i + 1));
            }
            else
            {
                Open(line, i);
            }
        }

        Close(isCode ? BlockKind.Code : BlockKind.Paragraph);
        parts.RemoveAll(p => p.Text.Length == 0);
        return parts;

        void Open(string line, int at)
        {
            openLine = open.Count == 0 ? at : openLine;
            open.Add(line);
        }

        void Close(BlockKind kind)
        {
            if (open.Count > 0)
            {
                var text = Plain(string.Join(' ', open));
                parts.Add(new Part(kind, 0, text.Length > Limits.BlockCharsMax ? text[..Limits.BlockCharsMax] : text, openLine + 1));
                open.Clear();
            }
        }
    }

    /// <summary>Markdown's inline marks are not words.</summary>
    private static string Plain(string text)
    {
        text = Link().Replace(text, "$1");
        text = Emphasis().Replace(text, "$2");
        return TextOf.Clean(text.Replace("`", "", StringComparison.Ordinal));
    }

    /// <summary>Without a heading the first words are the title; cut at a sentence or a word.</summary>
    private static string TitleFrom(List<Part> parts)
    {
        if (parts.Count == 0)
        {
            return "";
        }

        var sentence = SentenceSplitter.Split(parts[0].Text, "en") is [var first, ..] ? first : parts[0].Text;
        if (sentence.Length <= 70)
        {
            return sentence.TrimEnd('.', '!', '。');
        }

        var cut = sentence.LastIndexOf(' ', 69);
        return $"{sentence[..(cut > 20 ? cut : 69)].TrimEnd(',', ';', ':')}…";
    }

    [GeneratedRegex(@"^(={3,}|-{3,})$")]
    private static partial Regex Underline();

    [GeneratedRegex(@"^([-*_]\s?){3,}$")]
    private static partial Regex Rule();

    [GeneratedRegex(@"^(#{1,6}\s+|>\s?|[-*+•]\s+|\d{1,3}[.)]\s+)(.*)$")]
    private static partial Regex Marked();

    [GeneratedRegex(@"!?\[([^\]\[]{0,300})\]\([^()\s]{0,500}[^()]{0,200}\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"(?<![\w*])(\*\*|\*|__|_)(?=\S)([^*_]{1,300}?)(?<=\S)\1(?![\w*])")]
    private static partial Regex Emphasis();

    private sealed record Part(BlockKind Kind, int Level, string Text, int Line);
}
