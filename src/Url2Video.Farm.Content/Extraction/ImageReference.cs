using System.Globalization;
using AngleSharp.Dom;

namespace Url2Video.Farm.Content.Extraction;

/// <summary>Finds the best address of an image element: largest of the srcset, lazy attributes, then src.</summary>
internal static class ImageReference
{
    private static readonly string[] Lazy = ["data-src", "data-original", "data-lazy-src", "data-lazy"];

    private static readonly string[] Decoration = ["logo", "avatar", "icon", "sprite", "pixel", "badge", "emoji", "spinner", "tracking"];

    /// <returns>Null for decoration and for images without an address.</returns>
    public static RawImage? Of(IElement image, string caption, int after)
    {
        var (width, height) = (Size(image, "width"), Size(image, "height"));
        var reference = BestOf(image);
        if (reference is null
            || reference.StartsWith("data:", StringComparison.OrdinalIgnoreCase)
            || Tokens.Of($"{image.GetAttribute("class")} {image.Id} {FileNameOf(reference)}").Any(t => Decoration.Contains(t))
            || width is < 200 || height is < 120)
        {
            return null;
        }

        return new RawImage(reference, TextOf.Clean(image.GetAttribute("alt") ?? ""), caption, after, width, height, 0);
    }

    private static string? BestOf(IElement image)
    {
        var sets = new List<string?> { image.GetAttribute("srcset"), image.GetAttribute("data-srcset") };
        if (image.ParentElement is { LocalName: "picture" } picture)
        {
            sets.AddRange(
                picture.Children.Where(c => c.LocalName == "source").Select(
                    s => s.GetAttribute("srcset") ?? s.GetAttribute("data-srcset")));
        }

        var largest = sets.OfType<string>().SelectMany(Candidates).OrderByDescending(c => c.Size).Select(c => c.Url).FirstOrDefault();
        var lazy = Lazy.Select(image.GetAttribute).FirstOrDefault(v => !string.IsNullOrWhiteSpace(v));
        var source = image.GetAttribute("src");
        return new[] { largest, lazy, source }.Select(v => v?.Trim()).FirstOrDefault(v => !string.IsNullOrEmpty(v));
    }

    /// <summary>
    /// HTML srcset: candidates divided by commas with white space, each an address and a width (<c>640w</c>) or density
    /// (<c>2x</c>).
    /// </summary>
    private static IEnumerable<(string Url, double Size)> Candidates(string set)
    {
        foreach (var candidate in set.Split(", ", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Take(20))
        {
            var parts = candidate.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            var size = parts.Length > 1
                && double.TryParse(
                    parts[1].TrimEnd('w', 'x', ','), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value)
                ? value
                : 1;
            if (parts.Length > 0)
            {
                yield return (parts[0].TrimEnd(','), size);
            }
        }
    }

    private static int? Size(IElement image, string name) =>
        int.TryParse(image.GetAttribute(name), NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : null;

    private static string FileNameOf(string reference)
    {
        var path = reference.Split('?', '#')[0];
        return path[(path.LastIndexOf('/') + 1)..];
    }
}
