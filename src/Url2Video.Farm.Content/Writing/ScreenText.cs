using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Url2Video.Farm.Content.Extraction;
using Url2Video.Farm.Content.Languages;
using Url2Video.Farm.Core.Storyboards;

namespace Url2Video.Farm.Content.Writing;

/// <summary>
/// Chooses the short text of a scene: the section's heading where it begins, its list where it has one, a figure or a key phrase
/// of the sentence elsewhere, and nothing where neither says much. Never the narration itself; that is what captions are for.
/// </summary>
internal sealed partial class ScreenText(SourceDoc document, string language)
{
    private const int HeadingCharsMax = 60;

    private const int BulletWordsMax = 8;

    private readonly HashSet<int> _headed = [];
    private readonly HashSet<int> _listed = [];
    private readonly HashSet<string> _shown = new(StringComparer.OrdinalIgnoreCase) { document.Title };
    private readonly KeyPhrases _phrases = new(document, language);

    public ImmutableArray<TextElement> For(Beat beat)
    {
        if (!beat.Shown.IsEmpty)
        {
            return beat.Shown;
        }

        var heading = HeadingOf(beat.Section);
        if (beat.Role == SceneRole.Quote && beat.Say.Length <= 140)
        {
            return [new TextElement(TextKind.Quote, [beat.Say.Trim('"', '“', '”', '„', '«', '»')])];
        }

        if (BulletsOf(beat.Section) is { IsEmpty: false } bullets && _listed.Add(beat.Section))
        {
            _headed.Add(beat.Section);
            return heading is null
                ? [new TextElement(TextKind.Bullets, bullets)]
                : [new TextElement(TextKind.Title, [heading]), new TextElement(TextKind.Bullets, bullets)];
        }

        if (heading is not null && _headed.Add(beat.Section))
        {
            return [new TextElement(TextKind.Title, [heading])];
        }

        if (FigureOf(beat.Say) is { } figure && _shown.Add(figure.Values[0]))
        {
            return [figure];
        }

        if (_phrases.Best(beat.Say, _shown) is { } phrase)
        {
            _shown.Add(phrase);
            return [
                new TextElement(TextKind.LowerThird, heading is null
                    || heading.Equals(phrase, StringComparison.OrdinalIgnoreCase) ? [phrase] : [phrase, heading])];
        }

        return [];
    }

    private string? HeadingOf(int section) =>
        document.Blocks.FirstOrDefault(b => b.Kind == BlockKind.Heading
            && b.Section == section) is { Text.Length: <= HeadingCharsMax } heading
            ? heading.Text.TrimEnd(':')
            : null;

    private ImmutableArray<string> BulletsOf(int section)
    {
        ImmutableArray<string> items =
        [
            .. document.Blocks
                .Where(b => b.Kind == BlockKind.ListItem && b.Section == section && Words.CountOf(b.Text) <= BulletWordsMax
                    && b.Text.Length <= 70)
                .Select(b => b.Text.TrimEnd('.', ';', ','))
                .Take(4),
        ];
        return items.Length >= 2 ? items : [];
    }

    /// <summary>A figure with a unit or a word after it: <c>42 %</c>, <c>$19.99</c>, <c>1,200 metres</c>. Years say little alone.</summary>
    private TextElement? FigureOf(string say)
    {
        var match = Figure().Match(say);
        if (!match.Success || (match.Groups[2].Value.Length == 4 && match.Groups[1].Length == 0 && match.Groups[3].Length == 0))
        {
            return null;
        }

        var figure = (match.Groups[1].Value + match.Groups[2].Value + match.Groups[3].Value).Trim();
        var stop = StopWords.Of(language);
        var words = Label().Match(say[(match.Index + match.Length)..]).Groups[1].Value.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var label = string.Join(' ', words.TakeWhile(w => !stop.Contains(w.ToLowerInvariant())));
        return label.Length == 0 && match.Groups[1].Length == 0 && match.Groups[3].Length == 0
            ? null // A bare number says nothing.
            : new TextElement(TextKind.Number, label.Length == 0 ? [figure] : [figure, label]);
    }

    [GeneratedRegex(@"(?<![\w.,-])([$€£¥]?)(\d[\d.,]*\d|\d)(\s?(?:%|‰|°C|°F|km/h|km|kg|cm|mm|GB|MB|TB|kWh|MW|GW|€|percent|Prozent|million|billion|Millionen|Milliarden|mAh|lb|oz|mph)(?!\w))?(?![\w-])")]
    private static partial Regex Figure();

    [GeneratedRegex(@"^\s((?:\p{L}+)(?:\s\p{L}{4,})?)(?=[\s.,;:!?)]|$)")]
    private static partial Regex Label();
}
