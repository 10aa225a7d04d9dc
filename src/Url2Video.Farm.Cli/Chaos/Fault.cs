namespace Url2Video.Farm.Cli.Chaos;

/// <summary>Something bad that happens to the farm, and for how long.</summary>
/// <param name="Victim">Name of a process, e.g. <c>node-2</c>; <c>postgres</c> for the database.</param>
/// <param name="Other">The other end of a cut; null otherwise.</param>
/// <param name="Lasts">Until it is put right; zero where it heals by itself.</param>
internal sealed record Fault(FaultKind Kind, string Victim, string? Other, TimeSpan Lasts)
{
    public override string ToString() => Kind switch
    {
        FaultKind.Kill => $"kill -9 {Victim}",
        FaultKind.Freeze => $"SIGSTOP {Victim} for {Lasts.TotalSeconds:0} s",
        FaultKind.Cut => $"cut {Victim} from {Other} for {Lasts.TotalSeconds:0} s",
        FaultKind.Pull => $"pull the cable of {Victim} for {Lasts.TotalSeconds:0} s",
        FaultKind.CrashDatabase => "kill -9 PostgreSQL",
        _ => "fast restart of PostgreSQL",
    };
}

internal enum FaultKind
{
    Kill,

    /// <summary>The process stands still and comes back as a zombie that believes nothing happened.</summary>
    Freeze,

    /// <summary>Two cannot reach each other; both reach everybody else.</summary>
    Cut,

    /// <summary>One reaches nobody.</summary>
    Pull,
    CrashDatabase,
    RestartDatabase,
}
