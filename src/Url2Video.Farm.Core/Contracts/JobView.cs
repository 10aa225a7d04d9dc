using System.Collections.Immutable;
using Url2Video.Farm.Core.Errors;

namespace Url2Video.Farm.Core.Contracts;

/// <summary>Words for where a job stands; they cross the wire and are shown to people.</summary>
public static class JobStages
{
    /// <summary>Known, and not wanted yet: <see cref="JobView.Reason"/> says what it waits for.</summary>
    public const string Planned = "planned";

    /// <summary>Pausing after a failure, a loss or a preemption.</summary>
    public const string Waiting = "waiting";

    /// <summary>Queued at the dispatcher; <c>queue explain</c> tells why it is not its turn.</summary>
    public const string Offered = "offered";

    /// <summary>A node was chosen and has not confirmed yet.</summary>
    public const string Granted = "granted";

    public const string Running = "running";

    /// <summary>It has ended and the journal is being written.</summary>
    public const string Settling = "settling";

    public const string Done = "done";

    /// <summary>It will not be tried again unless a person says so.</summary>
    public const string Dead = "dead";

    public static readonly ImmutableArray<string> All = [Planned, Waiting, Offered, Granted, Running, Settling, Done, Dead];
}

/// <summary>One job of a project as operators see it.</summary>
/// <param name="Kind">Lower-case word of <see cref="JobKind"/>.</param>
/// <param name="Stage">One of <see cref="JobStages"/>.</param>
/// <param name="Attempt">0 when none is under way.</param>
/// <param name="Node">Who works on it now; null when nobody does.</param>
/// <param name="SinceMs">Milliseconds it has been in its stage; 0 when not known.</param>
/// <param name="Permille">0..1000 of the running attempt; 1000 when done.</param>
/// <param name="Tail">The last line its log has; null when not known.</param>
/// <param name="Failures">Attempts that failed by the job's own fault and still count.</param>
/// <param name="Lost">Nodes lost under it.</param>
/// <param name="LastError">Of the latest attempt that came to nothing, in this life of the project.</param>
/// <param name="Reason">Why it is not running; null when it is running or done.</param>
public sealed record JobView(
    string Name,
    string Kind,
    string Stage,
    long Attempt,
    string? Node,
    long SinceMs,
    int Permille,
    string? Tail,
    int Failures,
    int Lost,
    FarmError? LastError,
    string? Reason)
{
    /// <summary>What is worth knowing of a job although nothing keeps it from running: it takes long, or it may be what nodes die of. Null: nothing.</summary>
    public string? Note { get; init; }

    /// <summary>The node of a second run of the same job; null when there is none.</summary>
    public string? Twin { get; init; }

    /// <summary>Capabilities a node must have for it.</summary>
    public ImmutableArray<string> Needs { get; init => field = value.IsDefault ? [] : value; } = [];
}

/// <summary>Which jobs are asked for.</summary>
/// <param name="Stage">One of <see cref="JobStages"/>; null for all.</param>
/// <param name="Prefix">Beginning of the name, e.g. <c>render/</c>; null for all.</param>
public sealed record JobFilter(string? Stage = null, string? Prefix = null);

/// <summary>Some jobs of a project in the order of the film.</summary>
/// <param name="Next">Cursor of the next page; null on the last one.</param>
/// <param name="Known">Jobs of the project in all, whatever the filter.</param>
public sealed record JobPage(ImmutableArray<JobView> Jobs, string? Next, int Known);

/// <summary>One project as operators see it.</summary>
/// <param name="Status">Lower-case word: active, paused, failed, cancelled, completed.</param>
/// <param name="EtaMs">Milliseconds that rendering will probably take still; null when nothing is known.</param>
/// <param name="BusyMs">Milliseconds that nodes worked for it in this life of its actor, whatever came of it.</param>
/// <param name="Encoder">The encoder build its chunks come from; null before the first chunk.</param>
public sealed record ProjectDetail(
    ProjectSummary Summary,
    string Status,
    ProjectStage Stage,
    FilmFigures Figures,
    Band Band,
    int Weight,
    string Tenant,
    ImmutableArray<string> Limits,
    long? EtaMs,
    long BusyMs,
    long FailuresTotal,
    long LostTotal,
    string? Encoder,
    ImmutableArray<string> Warnings,
    ImmutableArray<DeadJobView> Dead,
    long? EndedAtUnixMs);

/// <summary>A job that killed its project, kept until somebody retries it.</summary>
public sealed record DeadJobView(string Name, int Failures, int Lost, FarmError Error);

/// <summary>The figures of <see cref="FarmProgress.Work"/>, of which each member says what it is.</summary>
public sealed record FilmFigures(
    int JobsDone,
    int JobsKnown,
    int ChunksDone,
    int ChunksTotal,
    long FramesDone,
    long FramesTotal,
    int FramesPerSecondTenths,
    int SegmentsPublished,
    int SegmentsTotal);
