namespace Url2Video.Farm.Cli.Chaos;

/// <summary>
/// The faults of a run, a function of its seed alone, so that a run that went wrong can be repeated. SplitMix64 (Steele, Lea, Flood 2014):
/// the same numbers on every machine and version.
/// </summary>
internal sealed class ChaosPlan(ulong seed, int servers, int nodes, bool ownDatabase, bool ownNetworks)
{
    private const double PauseSecondsMin = 2;
    private const double PauseSecondsMax = 8;

    private ulong _state = seed;

    /// <summary>How long nothing happens, and what happens then.</summary>
    public (TimeSpan Pause, Fault Fault) Next() => (Seconds(PauseSecondsMin, PauseSecondsMax), NextFault());

    private Fault NextFault() => Below(100) switch
    {
        < 22 => new(FaultKind.Kill, Node(), null, TimeSpan.Zero),
        < 38 => new(FaultKind.Kill, Server(), null, TimeSpan.Zero),
        < 54 => new(FaultKind.Freeze, Node(), null, Seconds(3, 20)),
        < 64 => new(FaultKind.Freeze, Server(), null, Seconds(2, 12)),
        < 74 when ownNetworks && servers > 1 => Between(),
        < 86 when ownNetworks => new(FaultKind.Pull, Below(3) == 0 ? Server() : Node(), null, Seconds(3, 15)),
        < 93 when ownDatabase => new(FaultKind.CrashDatabase, "postgres", null, TimeSpan.Zero),
        _ when ownDatabase => new(FaultKind.RestartDatabase, "postgres", null, TimeSpan.Zero),
        _ => new(FaultKind.Kill, Node(), null, TimeSpan.Zero),
    };

    private Fault Between()
    {
        var one = 1 + Below(servers);
        var other = 1 + ((one + Below(servers - 1)) % servers);
        return new(FaultKind.Cut, $"server-{one}", $"server-{other}", Seconds(3, 15));
    }

    private string Node() => $"node-{1 + Below(Math.Max(1, nodes))}";

    private string Server() => $"server-{1 + Below(servers)}";

    private TimeSpan Seconds(double min, double max) => TimeSpan.FromSeconds(min + ((max - min) * (Next64() >> 11) / (1UL << 53)));

    private int Below(int bound) => (int)(Next64() % (ulong)bound);

    private ulong Next64()
    {
        var z = _state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
