namespace Url2Video.Farm.Core.Quality.Rules;

/// <summary>Whether the colours that the film should show are found in it.</summary>
internal static class PaletteRule
{
    public static IEnumerable<Finding> Judge(FilmOutline film, PictureTrack pictures)
    {
        if (pictures.Frames < film.Frames)
        {
            yield break; // It may be in what was not measured.
        }

        for (var i = 0; i < film.Palette.Length; i++)
        {
            if (film.Palette[i] is { IsWanted: true } entry && MostOf(pictures, i) == 0)
            {
                yield return new Finding(
                    FindingCodes.Palette, Severity.Warning, 0, film.MsTotal, null, 0, 1, "permille of a frame",
                    $"The palette's {entry.Role} colour {entry.Colour} is in no frame, and there are texts in it.", "Look at what lies over the texts.");
            }
        }
    }

    /// <summary>The largest share of a frame that has the colour, thousandths.</summary>
    public static int MostOf(PictureTrack pictures, int index) =>
        pictures.Details().Select(d => index < d.Colours.Length ? d.Colours[index] : 0).DefaultIfEmpty(0).Max();
}
