using Url2Video.Farm.Cli.Local;

namespace Url2Video.Farm.Bench.Trials;

/// <summary>Everything that is tried, in the order of `trials all`.</summary>
internal static class TrialKinds
{
    private static readonly TrialNeeds FourNodes = new(Nodes: 4);

    public static IReadOnlyList<TrialKind> All { get; } =
    [
        new("server-kill", "every project that lived there writes into its journal", 12, new(), static (farm, _, c) => ServerTrials.ProjectsAsync(farm, Signals.Kill, c)),
        new("server-leave", "the same after SIGTERM", 2, new(), static (farm, _, c) => ServerTrials.ProjectsAsync(farm, Signals.Terminate, c)),
        new("dispatcher-kill", "a film ordered after it has a node at work", 12, new(), static (farm, _, c) => ServerTrials.DispatcherAsync(farm, c)),
        new("node-kill-restart", "the job that ran there runs again", 3, new(), static (farm, _, c) => NodeTrials.RunAsync(farm, Signals.Kill, isBackAtOnce: true, c)),
        new("node-gone", "the same, the node stays dead", 12, new(), static (farm, _, c) => NodeTrials.RunAsync(farm, Signals.Kill, isBackAtOnce: false, c)),
        new("hung-node", "the same after SIGSTOP; then it wakes and tells what it made", null, new(), static (farm, _, c) => NodeTrials.RunAsync(farm, Signals.Stop, isBackAtOnce: false, c)),
        new("postgres-crash", "an order is acknowledged", 5, new(), static (farm, _, c) => StoreTrials.CrashAsync(farm, c)),
        new("standby", "an order is acknowledged, from the end of the promotion", null, new() { Standby = true }, static (farm, _, c) => StoreTrials.PromoteAsync(farm, c)),
        new("split", "the projects of the side that ended write on the other", null, new() { OwnNetworks = true }, SplitTrials.RunAsync) { Missing = static () => NetworkLab.Missing },
        new("priority", "the first chunk of an urgent film has begun on a farm full of low work", 2, FourNodes, static (farm, _, c) => SchedulingTrials.PriorityAsync(farm, c)),
        new("black-hole", "failures of a node that fails everything, until it is quarantined", 5, FourNodes, static (farm, _, c) => SchedulingTrials.BlackHoleAsync(farm, c))
        {
            Unit = "failures",
            Missing = static () => OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess ? null : "A folder that takes nothing is a mount, which needs root.",
        },
        new("limits", "a work of the limit is granted anew after the dispatcher's host was killed", null, FourNodes, static (farm, _, c) => SchedulingTrials.LimitsAsync(farm, c)),
    ];
}
