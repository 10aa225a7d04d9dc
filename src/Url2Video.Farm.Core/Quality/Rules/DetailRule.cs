using System.Collections.Immutable;

namespace Url2Video.Farm.Core.Quality.Rules;

/// <summary>What is judged of every eighth frame: runs of such frames that are all beyond a bound and last a second.</summary>
internal static class DetailRule
{
    private sealed record Fault(string Code, Severity Severity, string Unit, int Bound, Func<DetailRow, int> Value, Func<DetailRow, SceneSpan, bool> IsOne, string Message, string WayOut);

    private static readonly ImmutableArray<Fault> s_faults =
    [
        new(FindingCodes.Banding, Severity.Warning, "permille", QualityBounds.BandPermille, d => d.Band,
            (d, s) => !s.IsAltered && d.Band > QualityBounds.BandPermille,
            "Smooth tones break into steps.", "Use a picture with more tones, or a little grain: {\"name\":\"none\",\"grain\":5} as the scene's look."),
        new(FindingCodes.Blur, Severity.Warning, "permille", QualityBounds.BlurRatio, d => d.Ratio,
            (d, s) => s is { IsPicture: true, IsAltered: false } && d.Ratio > QualityBounds.BlurRatio && d.Step >= QualityBounds.BlurStepMin,
            "The picture is out of focus, or was enlarged.", "Use a larger or a sharper picture."),
        new(FindingCodes.Blocks, Severity.Warning, "permille", QualityBounds.BlockPermille, d => d.Block,
            (d, s) => !s.IsAltered && d.Block > QualityBounds.BlockPermille && d.Step >= QualityBounds.BlockStepMin,
            "The picture shows blocks of eight pixels.", "Use the original in place of one that was compressed so hard."),
        new(FindingCodes.TooBright, Severity.Warning, "permille", QualityBounds.BurntPermille, d => d.High,
            (d, s) => s is { IsPicture: true, IsAltered: false } && d.High > QualityBounds.BurntPermille,
            "Most of the picture is burnt out.", "Use a picture that is less exposed, or darken it by the scene's look."),
        new(FindingCodes.TooDark, Severity.Warning, "permille", QualityBounds.DrownedPermille, d => d.Low,
            (d, s) => s is { IsPicture: true, IsAltered: false } && d.Low > QualityBounds.DrownedPermille && d.Low < QualityBounds.BlackFieldsPermille, // Black is another rule's.
            "Most of the picture is black.", "Use a picture that is better exposed, or brighten it by the scene's look."),
    ];

    public static IEnumerable<Finding> Judge(FilmOutline film, PictureTrack pictures)
    {
        var rows = pictures.Details().Select(d => (Row: d, Scene: film.SceneAt(d.Frame))).Where(d => d.Scene is not null).ToList();
        return s_faults.SelectMany(fault => Runs(film, rows!, fault));
    }

    private static IEnumerable<Finding> Runs(FilmOutline film, List<(DetailRow Row, SceneSpan Scene)> rows, Fault fault)
    {
        var run = new List<(DetailRow Row, SceneSpan Scene)>();
        foreach (var row in rows)
        {
            var isOne = fault.IsOne(row.Row, row.Scene) && !IsInTransition(row);
            if (run.Count > 0 && (!isOne || row.Row.Frame - run[^1].Row.Frame > PictureTape.DetailEvery || row.Scene != run[^1].Scene))
            {
                if (FindingOf(film, run, fault) is { } finding)
                {
                    yield return finding;
                }

                run.Clear();
            }

            if (isOne)
            {
                run.Add(row);
            }
        }

        if (run.Count > 0 && FindingOf(film, run, fault) is { } last)
        {
            yield return last;
        }
    }

    // A scene that comes in may well be neither the one nor the other for a moment.
    private static bool IsInTransition((DetailRow Row, SceneSpan Scene) d) => d.Row.Frame < d.Scene.StartFrame + d.Scene.TransitionFrames;

    private static Finding? FindingOf(FilmOutline film, List<(DetailRow Row, SceneSpan Scene)> run, Fault fault)
    {
        var (start, end) = (film.MsAt(run[0].Row.Frame), film.MsAt(Math.Min(film.Frames, run[^1].Row.Frame + PictureTape.DetailEvery)));
        return end - start < QualityBounds.DetailMsMin
            ? null
            : new Finding(fault.Code, fault.Severity, start, end, run[0].Scene.Id, run.Max(r => fault.Value(r.Row)), fault.Bound, fault.Unit, fault.Message, fault.WayOut);
    }
}
