using System.CommandLine;
using System.Globalization;
using Url2Video.Farm.Cli.Chaos;
using Url2Video.Farm.Cli.Local;
using Url2Video.Farm.Cli.Options;
using Url2Video.Farm.Cli.Output;
using Url2Video.Farm.Core.Errors;

namespace Url2Video.Farm.Cli.Commands;

/// <summary><c>url2video chaos</c>: starts a farm on this machine, hurts it under load, and judges what came of it.</summary>
internal static class ChaosCommand
{
    public static Command Create()
    {
        var common = new CommonOptions();
        var minutes = new Option<double>("--minutes") { Description = "How long faults are done. Default: 5", DefaultValueFactory = _ => 5 };
        var seed = new Option<long>("--seed") { Description = "Which faults, in which order. Default: 1", DefaultValueFactory = _ => 1 };
        var servers = new Option<int>("--servers") { Description = "Default: 2", DefaultValueFactory = _ => 2 };
        var nodes = new Option<int>("--nodes") { Description = "Default: 3", DefaultValueFactory = _ => 3 };
        var films = new Option<int>("--films") { Description = "Films in the making at once. Default: 3", DefaultValueFactory = _ => 3 };
        var compare = new Option<int>("--compare") { Description = "Films compared to the bit with those of one process. Default: 2", DefaultValueFactory = _ => 2 };
        var networks = new Option<bool>("--networks") { Description = "Each process in a network of its own, so that servers and nodes can be cut apart. Needs root." };
        var command = new Command("chaos", "Kills, freezes and cuts apart a farm of this machine under load, and judges whether anything was lost.")
        {
            minutes, seed, servers, nodes, films, compare, networks,
        };
        command.Options.Add(common.Data);
        command.Options.Add(common.Json);
        command.SetAction(async (parsed, _) =>
        {
            using var reporter = Reporter.Create(parsed.GetValue(common.Json));
            return (int)await Failing.GuardAsync(reporter, () => RunAsync(
                new ChaosOptions(
                    new LocalFarmOptions(
                        Path.Combine(common.FarmDataDir(parsed, ownDatabase: true), string.Create(CultureInfo.InvariantCulture, $"chaos-{parsed.GetValue(seed)}-{Environment.ProcessId}")),
                        parsed.GetValue(servers), parsed.GetValue(nodes), null, 1, 0) { OwnNetworks = parsed.GetValue(networks) },
                    TimeSpan.FromMinutes(parsed.GetValue(minutes)), TimeSpan.FromMinutes(4), (ulong)parsed.GetValue(seed), parsed.GetValue(films), parsed.GetValue(compare)),
                reporter)).ConfigureAwait(false);
        });
        return command;
    }

    private static async Task<ExitStatus> RunAsync(ChaosOptions options, IReporter reporter)
    {
        if (options.Farm.OwnNetworks && NetworkLab.Missing is { } why)
        {
            throw new FarmException(ErrorCodes.InvalidArgument, why, "Run without --networks, or as root.");
        }

        using var interrupt = new Interrupt();
        reporter.Say($"Chaos with seed {options.Seed}; data and logs in {options.Farm.DataDir}");
        var report = await new ChaosRun(options, reporter.Say, TimeProvider.System).RunAsync(interrupt.Token).ConfigureAwait(false);
        reporter.Say($"Faults: {string.Join(", ", report.Faults.Select(f => $"{f.Value} x {f.Key}"))}");
        reporter.Say($"Films: {report.Films}; calls: {report.Calls}, first try failed: {report.CallsFailedOnce}; finished {report.Healing.TotalSeconds:0} s after the last fault");
        foreach (var invariant in report.Invariants)
        {
            reporter.Say($"{(invariant.Holds ? "holds " : "BROKEN")}  {invariant.Name} ({invariant.Count})");
            foreach (var violation in invariant.Violations)
            {
                reporter.Say($"        {violation}");
            }
        }

        return Tell(report, options, reporter);
    }

    private static ExitStatus Tell(ChaosReport report, ChaosOptions options, IReporter reporter)
    {
        var broken = report.Invariants.Where(i => !i.Holds).ToList();
        var fields = new Dictionary<string, object?>
        {
            ["seed"] = options.Seed,
            ["faults"] = report.Faults,
            ["films"] = report.Films,
            ["calls"] = report.Calls,
            ["callsFailedOnce"] = report.CallsFailedOnce,
            ["healingSeconds"] = Math.Round(report.Healing.TotalSeconds, 1),
            ["invariants"] = report.Invariants.Select(i => new Dictionary<string, object?> { ["name"] = i.Name, ["count"] = i.Count, ["violations"] = i.Violations }).ToArray(),
        };
        if (broken.Count == 0 && report.Films > 0)
        {
            reporter.Say("Verdict: nothing was lost and nothing was done twice.");
            reporter.Succeed(["sound"], fields);
            return ExitStatus.Success;
        }

        var sentence = report.Films == 0 ? "no film was ever accepted" : string.Join("; ", broken.Select(i => i.Name));
        reporter.Fail(new FarmError(ErrorCodes.Internal, $"Broken: {sentence}.", $"The logs are in {Path.Combine(options.Farm.DataDir, "logs")}; the same --seed does the same faults."), ExitStatus.Failure, fields);
        return ExitStatus.Failure;
    }
}
