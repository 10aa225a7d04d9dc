using System.CommandLine;
using Url2Video.Farm.Cli.Local;
using Url2Video.Farm.Cli.Options;
using Url2Video.Farm.Cli.Output;
using Url2Video.Farm.Core.Errors;

namespace Url2Video.Farm.Cli.Commands;

/// <summary><c>url2video up</c>: a whole farm on this machine, until Ctrl-C.</summary>
internal static class UpCommand
{
    private const int ServersMax = 9;
    private const int NodesMax = 64;

    public static Command Create()
    {
        var common = new CommonOptions();
        var servers = new Option<int>("--servers") { Description = "Servers (coordinator and API). Default: 1. More than one needs PostgreSQL.", DefaultValueFactory = _ => 1 };
        var nodes = new Option<int>("--nodes") { Description = "Nodes. Default: 1.", DefaultValueFactory = _ => 1 };
        var store = new Option<string?>("--store") { Description = "postgres://... or sqlite:PATH. Default: SQLite for one server, else a PostgreSQL of its own." };
        var port = new Option<int>("--port") { Description = "Port of the first server; the others follow. Default: any that are free." };
        var command = new Command("up", "Starts a whole farm on this machine: servers and nodes as processes of their own.") { servers, nodes, store, port };
        command.Options.Add(common.Workers);
        command.Options.Add(common.Data);
        command.Options.Add(common.Json);
        command.SetAction(async (parsed, _) =>
        {
            using var reporter = Reporter.Create(parsed.GetValue(common.Json));
            return (int)await Failing.GuardAsync(reporter, () => RunAsync(
                new LocalFarmOptions(
                    Path.Combine(common.FarmDataDir(parsed, ownDatabase: parsed.GetValue(store) is null && parsed.GetValue(servers) > 1), "up"), Within(parsed.GetValue(servers), 1, ServersMax, "--servers"), Within(parsed.GetValue(nodes), 0, NodesMax, "--nodes"),
                    parsed.GetValue(store), parsed.GetValue(common.Workers), Within(parsed.GetValue(port), 0, 65_535 - ServersMax, "--port")),
                reporter)).ConfigureAwait(false);
        });
        return command;
    }

    private static async Task<ExitStatus> RunAsync(LocalFarmOptions options, IReporter reporter)
    {
        using var interrupt = new Interrupt();
        var farm = await LocalFarm.StartAsync(options, reporter.Say, TimeProvider.System, interrupt.Token).ConfigureAwait(false);
        await using (farm.ConfigureAwait(false))
        {
            Tell(farm, options, reporter);
            await Task.Delay(Timeout.InfiniteTimeSpan, interrupt.Token).ContinueWith(static _ => { }, TaskScheduler.Default).ConfigureAwait(false);
            reporter.Say("Stopping ...");
        }

        reporter.Say("Stopped. Everything is kept; the same command goes on with it.");
        return ExitStatus.Success;
    }

    private static void Tell(LocalFarm farm, LocalFarmOptions options, IReporter reporter)
    {
        foreach (var process in farm.Processes)
        {
            reporter.Say($"{process.Name,-10} {process.ProcessId,8}  {process.LogFile}");
        }

        reporter.Say($"Count: {options.Servers} servers, {options.Nodes} nodes");
        reporter.Say($"The first key is in {farm.KeyFile}. Try:");
        reporter.Say($"  export URL2VIDEO_SERVER={farm.Urls[0]} URL2VIDEO_KEY=$(cat {farm.KeyFile})");
        reporter.Say("  ./url2video submit samples/product --wait --out out");
        reporter.Say("  ./pbm node list");
        reporter.Succeed([.. farm.Urls.Select(u => u.ToString())], new Dictionary<string, object?>
        {
            ["ready"] = true,
            ["servers"] = farm.Urls.Select(u => u.ToString()).ToArray(),
            ["keyFile"] = farm.KeyFile,
            ["data"] = options.DataDir,
            ["processes"] = farm.Processes.Select(p => new Dictionary<string, object?> { ["name"] = p.Name, ["pid"] = p.ProcessId, ["log"] = p.LogFile }).ToArray(),
        });
    }

    private static int Within(int value, int min, int max, string name) => value >= min && value <= max
        ? value
        : throw new FarmException(ErrorCodes.InvalidArgument, $"{name} {value} is not possible.", $"Give a whole number from {min} to {max}.");
}
