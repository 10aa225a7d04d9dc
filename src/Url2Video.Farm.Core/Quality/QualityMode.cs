namespace Url2Video.Farm.Core.Quality;

/// <summary>What becomes of the judgement on a finished film. Numbers are stored and cross the wire: frozen.</summary>
public enum QualityMode
{
    /// <summary>The film is measured, and a report lies beside it.</summary>
    Report = 0,

    /// <summary>Likewise, and a film with an error is held back until a person releases it.</summary>
    Gate = 1,

    /// <summary>Nothing is measured.</summary>
    Off = 2,
}

/// <summary>How much a finding matters. Numbers are stored: frozen.</summary>
public enum Severity
{
    Info = 0,
    Warning = 1,

    /// <summary>The film should not go out like this; a gate holds it back.</summary>
    Error = 2,
}

/// <summary>The judgement in few words, as the journal keeps it.</summary>
/// <param name="Worst">The first findings that are errors, a sentence each; at most <see cref="Limits.QualityWorstMax"/>.</param>
public sealed record QualityVerdict(int Errors, int Warnings, System.Collections.Immutable.ImmutableArray<string> Worst);
