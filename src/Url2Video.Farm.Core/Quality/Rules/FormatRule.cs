namespace Url2Video.Farm.Core.Quality.Rules;

/// <summary>Size, number of frames, and whether each is as long as the next.</summary>
internal static class FormatRule
{
    public static IEnumerable<Finding> Judge(FilmOutline film, CodedPictures? coded, PictureTrack pictures)
    {
        var side = Math.Min(film.Width, film.Height);
        if (film.Frames > 0 && side < film.ShortSideMin)
        {
            yield return Of(film, FindingCodes.Size, Severity.Error, side, film.ShortSideMin, "pixels",
                $"The film is {film.Width}x{film.Height}: its shorter side is below the minimum of {film.ShortSideMin}.", "Order it in 1920x1080, or 1280x720 where that is enough.");
        }

        if (coded is { } made && made.Frames != film.Frames)
        {
            yield return Of(film, FindingCodes.FrameCount, Severity.Error, made.Frames, film.Frames, "frames",
                $"The film has {made.Frames} frames in place of {film.Frames}.", "Report it: this should not happen.");
        }

        if (coded is null && film is { IsGate: true, Frames: > 0 })
        {
            yield return Of(film, FindingCodes.Unmeasured, Severity.Error, 0, film.Frames, "frames", "Nobody counted the frames of the film.", "Report it: this should not happen.");
        }

        if (coded is { IsConstant: false })
        {
            yield return Of(film, FindingCodes.FrameRate, Severity.Error, 0, film.Fps.Numerator / (decimal)film.Fps.Denominator, "frames/s",
                "Frames are not all equally long.", "Report it: this should not happen.");
        }

        if (pictures.Frames < film.Frames)
        {
            yield return Of(film, FindingCodes.Unmeasured, film.IsGate ? Severity.Error : Severity.Info, pictures.Frames, film.Frames, "frames",
                $"{film.Frames - pictures.Frames} frames are not judged: they were rendered before there was this judge, or the film is longer than is judged ({Limits.QualityFilmFramesMax} frames).",
                "Render the film anew, or with --quality gate, if it matters.");
        }
    }

    private static Finding Of(FilmOutline film, string code, Severity severity, decimal measured, decimal bound, string unit, string message, string wayOut) =>
        new(code, severity, 0, film.MsTotal, null, measured, bound, unit, message, wayOut);
}
