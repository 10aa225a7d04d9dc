using System.Text;
using System.Text.RegularExpressions;

namespace Url2Video.Farm.Content.Web;

/// <summary>
/// Bytes of a page to text. Order of trust: byte order mark, charset of the transport, meta element or XML declaration in the
/// first 4096 bytes, valid UTF-8, windows-1252. A guess that leaves more than 0.5 % replacement characters gives way to the next.
/// </summary>
public static partial class TextDecoder
{
    private const int MetaBytesMax = 4_096;

    static TextDecoder() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    public static string Decode(ReadOnlySpan<byte> bytes, string? transportCharset)
    {
        if (BomOf(bytes) is { } bom)
        {
            return bom.Encoding.GetString(bytes[bom.Length..]);
        }

        string? first = null;
        foreach (var encoding in Guesses(bytes, transportCharset))
        {
            var text = encoding.GetString(bytes);
            first ??= text;
            if (text.AsSpan().Count('\uFFFD') * 200L <= text.Length)
            {
                return text;
            }
        }

        return first!;
    }

    private static (Encoding Encoding, int Length)? BomOf(ReadOnlySpan<byte> bytes) => bytes switch
    {
        [0xEF, 0xBB, 0xBF, ..] => (Encoding.UTF8, 3),
        [0xFF, 0xFE, 0, 0, ..] => (Encoding.UTF32, 4),
        [0xFF, 0xFE, ..] => (Encoding.Unicode, 2),
        [0xFE, 0xFF, ..] => (Encoding.BigEndianUnicode, 2),
        _ => null,
    };

    private static List<Encoding> Guesses(ReadOnlySpan<byte> bytes, string? transportCharset)
    {
        var guesses = new List<Encoding>();
        Add(transportCharset);

        // A document that says "UTF-16" in single bytes is not: the label can only be read because it is wrong (HTML standard).
        var head = Encoding.Latin1.GetString(bytes[..Math.Min(bytes.Length, MetaBytesMax)]);
        if (MetaCharset().Match(head) is { Success: true } match)
        {
            var label = match.Groups[1].Value;
            Add(label.StartsWith("utf-16", StringComparison.OrdinalIgnoreCase) ? "utf-8" : label);
        }

        guesses.Add(Encoding.UTF8);
        Add("windows-1252");
        return guesses;

        void Add(string? label)
        {
            if (EncodingOf(label) is { } encoding)
            {
                guesses.Add(encoding);
            }
        }
    }

    private static Encoding? EncodingOf(string? label)
    {
        if (string.IsNullOrWhiteSpace(label) || label.Length > 40)
        {
            return null;
        }

        // The web writes iso-8859-1 and means windows-1252 (WHATWG Encoding).
        var name = label.Trim().ToLowerInvariant() switch
        {
            "iso-8859-1" or "latin1" or "ascii" or "us-ascii" => "windows-1252",
            "utf8" => "utf-8",
            "gb2312" or "gbk" => "gb18030",
            "x-sjis" or "shift-jis" => "shift_jis",
            "utf-7" => "utf-8",
            var other => other,
        };
        try
        {
            return Encoding.GetEncoding(name);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    [GeneratedRegex("""<(?:meta[^>]{0,200}?charset\s{0,9}=\s{0,9}|\?xml[^>]{0,100}?encoding\s{0,9}=\s{0,9})["']?\s{0,9}([A-Za-z0-9_:.-]{1,40})""", RegexOptions.IgnoreCase)]
    private static partial Regex MetaCharset();
}
