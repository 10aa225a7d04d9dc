using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Url2Video.Farm.Media.Text;

/// <summary>Divides text into runs of one font each, by what the fonts cover.</summary>
internal sealed class Itemizer(FontSet fonts, string family, bool isBold, Action<Rune> onMissing)
{
    /// <param name="context">The whole text that <paramref name="text"/> is part of.</param>
    public ImmutableArray<TextRun> Split(string text, int tag, string context)
    {
        var runs = ImmutableArray.CreateBuilder<TextRun>();
        var pending = new StringBuilder();
        FontFace? current = null;
        for (var i = 0; i < text.Length;)
        {
            var length = StringInfo.GetNextTextElementLength(text.AsSpan(i));
            var cluster = text.Substring(i, length);
            i += length;
            var (face, kept) = Choose(cluster, current, context);
            if (face is null)
            {
                continue;
            }

            if (face != current && current is not null && pending.Length > 0)
            {
                runs.Add(new TextRun(current, pending.ToString(), tag));
                pending.Clear();
            }

            current = face;
            pending.Append(kept);
        }

        if (current is not null && pending.Length > 0)
        {
            runs.Add(new TextRun(current, pending.ToString(), tag));
        }

        return runs.ToImmutable();
    }

    private (FontFace? Face, string Kept) Choose(string cluster, FontFace? current, string context)
    {
        _ = Rune.DecodeFromUtf16(cluster, out var head, out _);

        // Signs, digits and spaces stay in the font of the letters before them; letters have their own preference.
        var face = current is not null && !Rune.IsLetter(head) && current.Has(head) ? current : fonts.Find(head, isBold, family, context);
        if (face is null)
        {
            onMissing(head);
            return (null, "");
        }

        var kept = new StringBuilder();
        foreach (var rune in cluster.EnumerateRunes())
        {
            if (face.Has(rune))
            {
                kept.Append(rune);
            }
            else if (!IsInvisible(rune))
            {
                onMissing(rune);
            }
        }

        return (face, kept.ToString());
    }

    // Joiners and variation selectors mean nothing to a font that lacks them.
    private static bool IsInvisible(Rune rune) => rune.Value is (>= 0x200B and <= 0x200F) or 0x2060 or 0xFEFF or (>= 0xFE00 and <= 0xFE0F);
}
