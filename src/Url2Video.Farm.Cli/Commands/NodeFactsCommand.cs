using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Url2Video.Farm.Cli.Options;
using Url2Video.Farm.Cli.Output;
using Url2Video.Farm.Cluster.Serialization;
using Url2Video.Farm.Core.Errors;
using Url2Video.Farm.Core.Nodes;
using Url2Video.Farm.Node.Probing;
using Url2Video.Farm.Node.Work;

namespace Url2Video.Farm.Cli.Commands;

/// <summary><c>url2video node facts</c>: what this machine would tell a farm of itself.</summary>
internal static class NodeFactsCommand
{
    public static Command Create()
    {
        var common = new CommonOptions();
        var command = new Command("facts", "Measures this machine as a node would: cores, memory, encoders that really encode, GPUs, voices.");
        command.Options.Add(common.Data);
        command.Options.Add(common.Json);
        command.SetAction(async (parsed, cancellation) =>
        {
            using var reporter = Reporter.Create(parsed.GetValue(common.Json));
            return (int)await Failing.GuardAsync(reporter, () => RunAsync(common.DataDir(parsed), reporter, cancellation)).ConfigureAwait(false);
        });
        return command;
    }

    /// <summary>The facts for people, one a line.</summary>
    internal static IEnumerable<(string Name, string Value)> Lines(NodeFacts facts)
    {
        yield return ("cores", facts.Cores.ToString(CultureInfo.InvariantCulture));
        yield return ("memory", Gibibytes(facts.MemoryBytes));
        yield return ("scratch", Gibibytes(facts.ScratchFreeBytes) + " free");
        yield return ("encoders", OrNone(facts.Encoders.Select(e => $"{e.Name} ({e.Fingerprint})")));
        yield return ("GPUs", OrNone(facts.Gpus.Select(g => $"{g.Name} with {Gibibytes(g.MemoryBytes)}")));
        yield return ("voices", OrNone(facts.Voices));
        yield return ("browser", facts.Chromium.Length > 0 ? facts.Chromium : "none");
        yield return ("sandbox", string.Create(CultureInfo.InvariantCulture, $"Landlock ABI {facts.Sandbox.LandlockAbi}, seccomp {(facts.Sandbox.Seccomp ? "yes" : "no")}"));
        yield return ("system", $"{facts.Os}, {facts.Architecture}");
    }

    private static async Task<ExitStatus> RunAsync(string dataDir, IReporter reporter, CancellationToken cancellation)
    {
        var facts = await new NodeProbe(new NodeVoices(), TimeProvider.System, NullLogger.Instance).MeasureAsync(dataDir, cancellation).ConfigureAwait(false);
        foreach (var (name, value) in Lines(facts))
        {
            reporter.Say($"{name,-9} {value}");
        }

        using var json = JsonDocument.Parse(NodeFactsJson.Write(facts));
        reporter.Succeed(
            [$"words     {string.Join(' ', facts.Words())}"],
            new Dictionary<string, object?> { ["facts"] = json.RootElement.Clone(), ["words"] = facts.Words().ToArray() });
        return ExitStatus.Success;
    }

    private static string OrNone(IEnumerable<string> items) => string.Join(", ", items) is { Length: > 0 } text ? text : "none";

    private static string Gibibytes(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes / (1024.0 * 1024 * 1024):0.0} GiB");
}
