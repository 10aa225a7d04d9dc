using System.CommandLine;
using System.Globalization;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Url2Video.Farm.Api.Telemetry;
using Url2Video.Farm.Cli.Farm;
using Url2Video.Farm.Cli.Options;
using Url2Video.Farm.Cli.Output;
using Url2Video.Farm.Cluster.Serialization;
using Url2Video.Farm.Core.Errors;
using Url2Video.Farm.Core.Nodes;
using Url2Video.Farm.Node;
using Url2Video.Farm.Node.Joining;
using Url2Video.Farm.Node.Probing;
using Url2Video.Farm.Node.Work;
using Url2Video.Farm.Node.Workers;

namespace Url2Video.Farm.Cli.Commands;

/// <summary><c>url2video node join</c>: makes this machine a node of a farm, until it is told to stop.</summary>
internal static class NodeCommand
{
    private const int DrainSecondsDefault = 120;
    private const int DrainSecondsMax = 24 * 3_600;

    public static Command Create() => new("node", "This machine as a node of a farm.") { CreateJoin(), NodeDrainCommand.Create(), NodeFactsCommand.Create() };

    private static Command CreateJoin()
    {
        var common = new CommonOptions();
        var server = new Argument<string>("url") { Description = "Address of any server of the farm, or of a load balancer before them." };
        var token = new Option<string?>("--token") { Description = "Join token; needed the first time only. Default: URL2VIDEO_JOIN_TOKEN." };
        var tokenFile = new Option<string?>("--token-file") { Description = "File that holds the join token: keeps it out of the process list." };
        var statusPort = new Option<int?>("--status-port") { Description = "Tell /livez and /metrics on this port of 127.0.0.1, and take POST /drain there. Default: nothing is told." };
        var name = new Option<string?>("--name") { Description = "Name of the node, unique in the farm. Default: the machine's name." };
        var insecure = new Option<bool>("--insecure-http") { Description = "Speak http to a server that is not on this machine." };
        var drain = new Option<int>("--drain-seconds") { Description = "How long works may go on after SIGTERM.", DefaultValueFactory = _ => DrainSecondsDefault };
        var once = new Option<bool>("--once") { Description = "Give up when no server answers the first time. Default: try again until one does." };
        var command = new Command("join", "Works for a farm: takes jobs, survives restarts of either side, leaves in order on SIGTERM.");
        command.Arguments.Add(server);
        foreach (var option in new Option[] { token, tokenFile, name, common.Workers, common.WorkerMemory, common.Data, insecure, once, drain, statusPort, common.Json })
        {
            command.Options.Add(option);
        }

        command.SetAction(async (parsed, _) =>
        {
            using var reporter = Reporter.Create(parsed.GetValue(common.Json));
            return (int)await Failing.GuardAsync(reporter, async () =>
            {
                var voices = new NodeVoices { OthersMaySpeak = true };
                var dataDir = parsed.GetValue(common.Data) is null ? Path.Combine(common.DataDir(parsed), "node") : common.DataDir(parsed);
                var facts = await new NodeProbe(voices, TimeProvider.System, NullLogger.Instance)
                    .MeasureAsync(dataDir, new ProbeMemory(Path.Combine(dataDir, "probe.json"))).ConfigureAwait(false);
                var roomMib = SceneRoom.MibHere(parsed.GetValue(common.WorkerMemory));
                var options = new NodeHostOptions
                {
                    Server = parsed.GetValue(server)!,
                    Token = parsed.GetValue(token) ?? (parsed.GetValue(tokenFile) is { } path ? SecretFile.Read(path, "The join token") : Environment.GetEnvironmentVariable("URL2VIDEO_JOIN_TOKEN")),
                    Name = parsed.GetValue(name) ?? NodeNames.Near(Environment.MachineName),
                    Workers = parsed.GetValue(common.Workers) ?? Environment.ProcessorCount,
                    DataDir = dataDir,
                    Capabilities = [.. facts.Words(), .. voices.Capabilities, .. NodePlugins.Open(NodePlugins.FolderOf(dataDir), othersMayHave: true).Words,
                        MemoryWords.Of(roomMib)],
                    Facts = NodeFactsJson.Write(facts),
                    InsecureHttp = parsed.GetValue(insecure),
                    JoinOnce = parsed.GetValue(once),
                    Waiting = reporter.Say,
                    LogLevel = Environment.GetEnvironmentVariable("URL2VIDEO_DEBUG") is "1" ? LogLevel.Debug : LogLevel.Information,
                };
                var encoder = AllWorks.EncoderOf(facts);
                var pool = NodeWorkers.Start(options.Workers, encoder, othersMaySpeak: true, parsed.GetValue(common.WorkerMemory), roomMib, dataDir);
                await using var _1 = pool.ConfigureAwait(false);
                return await RunAsync(options, AllWorks.Create(options.Clock, voices, encoder, room: new SceneRoom(roomMib, OthersMayHaveMore: true)).Pooled(pool), DrainOf(parsed.GetValue(drain)), parsed.GetValue(statusPort), reporter).ConfigureAwait(false);
            }).ConfigureAwait(false);
        });
        return command;
    }

    private static TimeSpan DrainOf(int seconds) => seconds is >= 0 and <= DrainSecondsMax
        ? TimeSpan.FromSeconds(seconds)
        : throw new FarmException(ErrorCodes.InvalidArgument, $"--drain-seconds {seconds} is not possible.", $"Give 0 to {DrainSecondsMax}.");

    private static async Task<ExitStatus> RunAsync(NodeHostOptions options, IReadOnlyList<IWork> works, TimeSpan drain, int? statusPort, IReporter reporter)
    {
        using var interrupt = new Interrupt();
        var host = await NodeHost.StartAsync(options, works, interrupt.Token).ConfigureAwait(false);
        await using (host.ConfigureAwait(false))
        {
            reporter.Say($"Node {host.Self} works for {options.Server} with {options.Workers} workers.");
            var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var left = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            IAsyncDisposable window = statusPort is { } port ? await WindowAsync(port, host, asked, left.Task).ConfigureAwait(false) : host;
            await using var shown = window.ConfigureAwait(false);
            await Task.WhenAny(host.Ended, asked.Task, Task.Delay(Timeout.InfiniteTimeSpan, options.Clock, interrupt.Token)).ConfigureAwait(false);
            if (host.Ended.IsFaulted)
            {
                await host.Ended.ConfigureAwait(false);
            }

            reporter.Say(string.Create(CultureInfo.InvariantCulture, $"Leaving: what is held is finished first, for at most {drain.TotalSeconds:0} s. A second signal ends at once."));
            var inOrder = await host.LeaveAsync(drain).ConfigureAwait(false);
            left.SetResult();
            reporter.Succeed(
                [inOrder ? "Left in order." : "Left with works unfinished; the farm gives them to others."],
                new Dictionary<string, object?> { ["node"] = host.Self.Node.Value, ["drained"] = inOrder });
            return ExitStatus.Success;
        }
    }

    // Whoever asks for the drain gets the answer when nothing is held any more.
    private static Task<StatusHost> WindowAsync(int port, NodeHost host, TaskCompletionSource asked, Task left) => StatusHost.StartAsync(
        port,
        () => !host.Ended.IsCompleted,
        async cancellation =>
        {
            asked.TrySetResult();
            await left.WaitAsync(cancellation).ConfigureAwait(false);
        });
}
