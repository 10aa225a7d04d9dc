namespace Url2Video.Farm.Core;

/// <content>How long a farm keeps what no film needs any more, and how it cleans up.</content>
public static partial class Limits
{
    /// <summary>Logs and results: a season, in which a film may be made again with small changes.</summary>
    public const int KeepDaysDefault = 90;

    /// <summary>Costs: a year and the month in which its accounts are made.</summary>
    public const int KeepCostDaysDefault = 400;

    public const int KeepDaysMax = 3_650;

    /// <summary>Expired certificates and spent tokens, for whoever asks when a machine was last let in.</summary>
    public const int KeepCredentialDays = 30;

    /// <summary>Rows of one statement: some milliseconds of a lock.</summary>
    public const int HousekeepingBatchRows = 500;

    /// <summary>Rows of one table in one run; a farm that makes more of them in an hour has other troubles.</summary>
    public const int HousekeepingRowsMax = 200_000;

    /// <summary>
    /// A file that nothing names is kept this long after it was stored or asked for last: an upload waits for its order, a result for its project. A
    /// node finishes what it holds within an hour; a long weekend is the worst that happens to an order.
    /// </summary>
    public const int UnnamedArtifactHours = 96;

    /// <summary>Files that a sweep can tell apart: 16 bytes each and as much again of table. A farm with more is not swept.</summary>
    public const int ArtifactMarksMax = 50_000_000;
}
