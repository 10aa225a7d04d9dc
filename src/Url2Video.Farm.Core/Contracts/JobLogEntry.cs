namespace Url2Video.Farm.Core.Contracts;

/// <summary>How an attempt ended, in its log. Words are stored: frozen.</summary>
public static class AttemptOutcomes
{
    public const string Finished = "finished";
    public const string Failed = "failed";

    /// <summary>Stopped: the lease was lost, the project cancelled or the node drained.</summary>
    public const string Stopped = "stopped";

    public static bool IsOne(string word) => word is Finished or Failed or Stopped;
}

/// <summary>The log that one attempt of one job left.</summary>
/// <param name="Job">Name within the project, e.g. <c>render/00003</c>.</param>
/// <param name="Log">UTF-8 text, lines ended by LF, at most <see cref="Limits.JobLogBytesMax"/>.</param>
/// <param name="Outcome">One of <see cref="AttemptOutcomes"/>.</param>
/// <param name="StartedUnixMs">By the node's clock.</param>
/// <param name="EndedUnixMs">By the node's clock.</param>
public sealed record JobLogEntry(
    ProjectId Project, string Job, long Attempt, NodeId Node, ArtifactRef Log, string Outcome, long StartedUnixMs, long EndedUnixMs);
