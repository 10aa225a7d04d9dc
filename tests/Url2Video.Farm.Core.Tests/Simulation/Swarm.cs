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
    bool Users)
{
    public static Swarm Of(SplitMix random)
    {
        double Some(double p) => random.Chance(0.5) ? p : 0;
        bool Maybe() => random.Chance(0.4);
        return new Swarm(
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
            Users: Maybe());
    }

    /// <summary>After the storm: everything still decided works, nothing new goes wrong.</summary>
    public Swarm Quiet() => this with
    {
        Loss = 0, Duplication = 0, LongDelay = 0, LocalLoss = 0, JournalFailure = 0, JournalUnanswered = 0,
        WorkFailure = 0, WorkFatal = 0, WorkHang = 0,
    };
}
