namespace Url2Video.Farm.Core;

/// <summary>One film in the making: <c>prj_</c> and 26 characters (ULID alphabet). Made at the edge, never in Core.</summary>
public readonly record struct ProjectId(string Value)
{
    public override string ToString() => Value;
}

/// <summary>One piece of work of one project, e.g. <c>render/00003</c>. Unique within the project and stable across re-plans of the same input.</summary>
public readonly record struct JobId(ProjectId Project, string Name)
{
    public override string ToString() => $"{Project.Value}/{Name}";
}

/// <summary>A node by its name, unique in the farm.</summary>
public readonly record struct NodeId(string Value)
{
    public override string ToString() => Value;
}

/// <summary>One life of a node. <paramref name="Epoch"/> grows at every start, so a former life can be told from the present one.</summary>
public readonly record struct NodeIncarnation(NodeId Node, long Epoch)
{
    /// <summary>Whether this life is over when <paramref name="gone"/>, and every life before it, is.</summary>
    public bool IsOverWith(NodeIncarnation gone) => Node == gone.Node && Epoch <= gone.Epoch;

    public override string ToString() => $"{Node.Value}#{Epoch}";
}

/// <summary>
/// The right to finish one job. <paramref name="Attempt"/> grows at every grant of the job, through crashes too
/// (<see cref="AttemptNumber"/>), and only the current one may finish it: this is the fence.
/// </summary>
public readonly record struct Lease(JobId Job, long Attempt, NodeIncarnation Node);

/// <summary>A file named by the SHA-256 of its bytes: 64 lower-case hexadecimal characters. Never overwritten.</summary>
public readonly record struct ArtifactId(string Sha256)
{
    public override string ToString() => Sha256;
}

/// <param name="Bytes">Length in bytes.</param>
public readonly record struct ArtifactRef(ArtifactId Id, long Bytes);

/// <summary>
/// What a job's result depends on: SHA-256 of (kind, version of the code that makes it, its inputs). Equal keys give equal
/// bytes, so a key is never worked twice.
/// </summary>
public readonly record struct JobKey(string Sha256)
{
    public override string ToString() => Sha256;
}

/// <summary>
/// Attempts are numbered <c>term · 2²⁰ + n</c>: the term is journaled once each time a project (re)starts, n counts the grants
/// within it. So attempts grow strictly through crashes without one journal entry per grant.
/// </summary>
public static class AttemptNumber
{
    public const int GrantsPerTermMax = 1 << 20;

    /// <summary>A job that is done again within a term has its grants numbered above those of the time before.</summary>
    public const int GrantsPerRoundMax = 1 << 16;

    /// <param name="round">Times the job was done before in vain, 0..15.</param>
    public static long FirstOf(long term, int round = 0) => term * GrantsPerTermMax + (long)round * GrantsPerRoundMax + 1;

    /// <summary>True when no number is left between the two: they are of different rounds, or terms.</summary>
    public static bool IsOtherRound(long first, long next) => (first - 1) / GrantsPerRoundMax != (next - 1) / GrantsPerRoundMax;

    /// <summary>False: the job was done before in this term, and its result is lost.</summary>
    public static bool IsFirstRound(long attempt) => (attempt - 1) % GrantsPerTermMax < GrantsPerRoundMax;

    public static long TermOf(long attempt) => attempt / GrantsPerTermMax;
}
