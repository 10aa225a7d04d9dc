namespace Url2Video.Farm.Core.Quality.Rules;

/// <summary>Texts and logos as they stand on the finished frames.</summary>
internal static class TextRule
{
    public static IEnumerable<Finding> Judge(FilmOutline film, PictureTrack pictures)
    {
        var texts = pictures.Texts();
        var logos = texts.Where(t => t.Role == TextRole.Logo).ToList();
        foreach (var text in texts)
        {
            if (text.Role != TextRole.Logo)
            {
                foreach (var finding in new[] { Contrast(film, text), Place(film, text), Space(film, text, logos) }.OfType<Finding>())
                {
                    yield return finding;
                }
            }
        }

        // It has one size, and maybe a corner of its own in every scene: told once.
        if (logos.MinBy(l => Math.Max(l.Width, l.Height)) is { } logo && LogoSize(film, logo) is { } small)
        {
            yield return small;
        }
    }

    private static Finding? Contrast(FilmOutline film, TextRow text)
    {
        if (text.Ratio is 0 or >= QualityBounds.ContrastMin)
        {
            return null;
        }

        var severity = text.Ratio < QualityBounds.ContrastError ? Severity.Error : Severity.Warning;
        return Of(film, text, FindingCodes.Contrast, severity, text.Ratio / 1000m, QualityBounds.ContrastMin / 1000m, ":1",
            $"The {WordOf(text)} stands out from what lies behind it by {text.Ratio / 1000m:0.00} to 1 only.",
            "Choose another text colour, boxed captions, or a calmer picture.");
    }

    private static Finding? Place(FilmOutline film, TextRow text)
    {
        var (marginX, marginY) = (film.Width * QualityBounds.SafePermille / 1000, film.Height * QualityBounds.SafePermille / 1000);
        var nearest = Math.Min(
            Math.Min(text.X * 1000 / film.Width, (film.Width - text.X - text.Width) * 1000 / film.Width),
            Math.Min(text.Y * 1000 / film.Height, (film.Height - text.Y - text.Height) * 1000 / film.Height));
        return text.X >= marginX && text.Y >= marginY && text.X + text.Width <= film.Width - marginX && text.Y + text.Height <= film.Height - marginY
            ? null
            : Of(film, text, FindingCodes.SafeArea, nearest < 0 ? Severity.Error : Severity.Warning, nearest / 10m, QualityBounds.SafePermille / 10m, "% of the side",
                nearest < 0 ? $"The {WordOf(text)} leads out of the frame." : $"The {WordOf(text)} stands nearer to the edge than is safe.",
                "Move it inwards, or make it shorter.");
    }

    private static Finding? Space(FilmOutline film, TextRow text, List<TextRow> logos)
    {
        foreach (var logo in logos.Where(l => l.Start < 0 || l.Start == SceneOf(film, text)?.StartFrame))
        {
            var space = Math.Min(logo.Width, logo.Height) * QualityBounds.LogoSpacePermille / 1000;
            var distance = Math.Max(
                Math.Max(logo.X - text.X - text.Width, text.X - logo.X - logo.Width),
                Math.Max(logo.Y - text.Y - text.Height, text.Y - logo.Y - logo.Height));
            if (distance < space)
            {
                return Of(film, text, FindingCodes.LogoSpace, Severity.Warning, distance, space, "pixels",
                    $"The {WordOf(text)} comes too near to the logo.", "Put the logo into another corner, or make the text shorter.");
            }
        }

        return null;
    }

    private static Finding? LogoSize(FilmOutline film, TextRow logo)
    {
        var (side, wanted) = (Math.Max(logo.Width, logo.Height), Math.Min(film.Width, film.Height) * QualityBounds.LogoSidePermille / 1000);
        return side >= wanted
            ? null
            : Of(film, logo, FindingCodes.LogoSize, Severity.Warning, side, wanted, "pixels", "The logo is too small to be recognised.", "Make it larger.");
    }

    private static string WordOf(TextRow text) => text.Role == TextRole.Caption ? "caption" : "text";

    private static SceneSpan? SceneOf(FilmOutline film, TextRow text) => film.SceneAt(text.Start >= 0 ? text.Start : text.Frame);

    private static Finding Of(
        FilmOutline film, TextRow text, string code, Severity severity, decimal measured, decimal bound, string unit, string message, string wayOut) =>
        new(code, severity, film.MsAt(text.Frame), film.MsAt(text.Frame + 1), SceneOf(film, text)?.Id, measured, bound, unit, message, wayOut);
}
