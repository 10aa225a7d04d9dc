using Url2Video.Farm.Core.Errors;

namespace Url2Video.Farm.Content.Web;

public enum ContentKind
{
    Html,
    Text,
}

/// <summary>Decides what a body is: by the type the server gave, and by its first kilobyte when the server did not know.</summary>
public static class ContentSniffer
{
    private const int SniffBytes = 1_024;

    /// <exception cref="FarmException"><c>ERR_FORMAT</c> for anything that is neither a page nor text.</exception>
    public static ContentKind KindOf(ReadOnlySpan<byte> body, string? mediaType)
    {
        switch (mediaType)
        {
            case "text/html" or "application/xhtml+xml":
                return IsBinary(body) ? throw Refused("not text although it is called a page") : ContentKind.Html;
            case "text/markdown":
                return ContentKind.Text;
            case null or "" or "application/octet-stream" or "text/plain" or "binary/octet-stream" or "application/xml" or "text/xml":
                return IsBinary(body) ? throw Refused(NameOf(body)) : LooksLikeHtml(body) ? ContentKind.Html : ContentKind.Text;
            default:
                throw Refused(mediaType);
        }
    }

    private static bool LooksLikeHtml(ReadOnlySpan<byte> body)
    {
        var head = TextDecoder.Decode(body[..Math.Min(body.Length, SniffBytes)], null).TrimStart();
        return head.StartsWith("<!doctype html", StringComparison.OrdinalIgnoreCase)
            || head.StartsWith("<html", StringComparison.OrdinalIgnoreCase)
            || head.StartsWith("<head", StringComparison.OrdinalIgnoreCase)
            || head.StartsWith("<body", StringComparison.OrdinalIgnoreCase)
            || (head.StartsWith('<') && head.Contains("<html", StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>Zero bytes mean binary, except in UTF-16 and UTF-32, which announce themselves.</summary>
    private static bool IsBinary(ReadOnlySpan<byte> body)
    {
        var head = body[..Math.Min(body.Length, SniffBytes)];
        return head is not ([0xFF, 0xFE, ..] or [0xFE, 0xFF, ..]) && (head.Contains((byte)0) || head.StartsWith("%PDF-"u8));
    }

    private static string NameOf(ReadOnlySpan<byte> body) => body switch
    {
        [0x25, 0x50, 0x44, 0x46, ..] => "a PDF",
        [0x89, 0x50, 0x4E, 0x47, ..] => "a PNG image",
        [0xFF, 0xD8, 0xFF, ..] => "a JPEG image",
        [0x50, 0x4B, 3, 4, ..] => "a ZIP archive",
        _ => "binary data",
    };

    private static FarmException Refused(string what) =>
        new(
            ErrorCodes.Format,
            $"The source is {what}, not a web page or text.",
            "Give a page (HTML), plain text, Markdown or a storyboard.");
}
