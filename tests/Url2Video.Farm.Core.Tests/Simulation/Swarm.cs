namespace Url2Video.Farm.Core.Tests.Simulation;

/// <summary>Which faults a run has. Swarm testing: each is on in some runs and off in others, so that none hides another.</summary>
internal sealed record Swarm(
    double Loss,
    double Duplication,
    double LongDelay,
    double LocalLoss,
    bool NodeCrashes,
    bool NodePauses,
    bool NodesDowned,
    bool Cuts,
    bool ProjectCrashes,
    bool Zombies,
    bool DispatcherCrashes,
    bool TwoDispatchers,
    bool TotalCrashes,
    double JournalFailure,
    double JournalUnanswered,
    double WorkFailure,
    double WorkFatal,
    double WorkHang,
    bool Users,
    bool Splits,
    bool Relinks,
    double Preemption,
    double Speculation,
    bool LostFiles,
    bool TwoEncoders,
    bool Limited,
    bool Poison)
{
    public static Swarm Of(SplitMix random)
    {
        double Some(double p) => random.Chance(0.5) ? p : 0;
        bool Maybe() => random.Chance(0.4);
        var swarm = new Swarm(
            Loss: Some(0.05),
            Duplication: Some(0.1),
            LongDelay: Some(0.02),
            LocalLoss: Some(0.03),
            NodeCrashes: Maybe(),
            NodePauses: Maybe(),
            NodesDowned: Maybe(),
            Cuts: Maybe(),
            ProjectCrashes: Maybe(),
            Zombies: Maybe(),
            DispatcherCrashes: Maybe(),
            TwoDispatchers: Maybe(),
            TotalCrashes: random.Chance(0.2),
            JournalFailure: Some(0.02),
            JournalUnanswered: Some(0.02),
            WorkFailure: Some(0.05),
            WorkFatal: random.Chance(0.2) ? 0.01 : 0,
            WorkHang: random.Chance(0.05) ? 0.01 : 0,
            Users: Maybe(),
            Splits: Maybe(),
            Relinks: Maybe(),
            Preemption: Some(0.1),
            Speculation: Some(0.2),
            LostFiles: Maybe(),
            TwoEncoders: random.Chance(0.2),
            Limited: random.Chance(0.3),
            Poison: random.Chance(0.15));

        // A limit is exact as long as one dispatcher serves the pool and a node that is cut off hears so: other faults are for other runs.
        return swarm.Limited
            ? swarm with { TwoDispatchers = false, Splits = false, Cuts = false, NodePauses = false, NodesDowned = false, LongDelay = 0, Zombies = false }
            : swarm;
    }

    /// <summary>After the storm: everything still decided works, nothing new goes wrong.</summary>
    public Swarm Quiet() => this with
    {
        Loss = 0, Duplication = 0, LongDelay = 0, LocalLoss = 0, JournalFailure = 0, JournalUnanswered = 0,
        WorkFailure = 0, WorkFatal = 0, WorkHang = 0, Preemption = 0, Speculation = 0, LostFiles = false, Poison = false,
    };
}
