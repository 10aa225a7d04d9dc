using System.Collections.Immutable;

namespace Url2Video.Farm.Core.Quality;

/// <summary>The judgement on one film.</summary>
/// <param name="Findings">The worst first, then in the order of the film.</param>
public sealed record QualityReport(FilmOutline Outline, ImmutableArray<Finding> Findings, QualityFigures Figures)
{
    public int Errors => Count(Severity.Error);

    public int Warnings => Count(Severity.Warning);

    public int Infos => Count(Severity.Info);

    public QualityVerdict Verdict =>
        new(Errors, Warnings, [.. Findings.Where(f => f.Severity == Severity.Error).Take(Limits.QualityWorstMax).Select(QualityText.Line)]);

    private int Count(Severity severity) => Findings.Count(f => f.Severity == severity);
}

/// <summary>What was measured, whether or not it is good.</summary>
public sealed record QualityFigures
{
    public long FramesMeasured { get; init; }

    /// <summary>SI of ITU-T P.910, hundredths.</summary>
    public int SpatialMean { get; init; }

    /// <inheritdoc cref="SpatialMean"/>
    public int SpatialMax { get; init; }

    /// <summary>TI of the fields, hundredths.</summary>
    public int TemporalMean { get; init; }

    /// <inheritdoc cref="TemporalMean"/>
    public int TemporalMax { get; init; }

    /// <summary>Hundredths of a code.</summary>
    public int LumaMean { get; init; }

    /// <summary>The lowest contrast of a text, thousandths; null when there was none to measure.</summary>
    public int? ContrastMin { get; init; }

    /// <summary>Of each colour of the palette the largest share of a frame, thousandths.</summary>
    public ImmutableArray<int> Palette { get; init; } = [];

    public int CaptionCount { get; init; }

    public long CaptionSpeedTenthsMax { get; init; }

    public SoundFacts? Sound { get; init; }
}
