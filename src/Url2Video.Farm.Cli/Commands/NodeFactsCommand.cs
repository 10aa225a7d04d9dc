using System.CommandLine;
using Microsoft.Extensions.Logging.Abstractions;
using Url2Video.Farm.Cli.Options;
using Url2Video.Farm.Cli.Output;
using Url2Video.Farm.Core.Errors;
using Url2Video.Farm.Node.Probing;
using Url2Video.Farm.Node.Work;

namespace Url2Video.Farm.Cli.Commands;

/// <summary><c>url2video node facts</c>: what this machine would declare as a node, measured.</summary>
internal static class NodeFactsCommand
{
    public static Command Create()
    {
        var common = new CommonOptions();
        var command = new Command("facts", "Measures what this machine can do as a node, and prints the words that jobs ask for.");
        command.Options.Add(common.Data);
        command.Options.Add(common.Json);
        command.SetAction(async (parsed, _) =>
        {
            using var reporter = Reporter.Create(parsed.GetValue(common.Json));
            return (int)await Failing.GuardAsync(reporter, async () =>
            {
                var facts = await new NodeProbe(new NodeVoices(), TimeProvider.System, NullLogger.Instance).MeasureAsync(common.DataDir(parsed)).ConfigureAwait(false);
                reporter.Succeed([.. facts.Words()], new Dictionary<string, object?> { ["words"] = facts.Words(), ["facts"] = facts });
                return ExitStatus.Success;
            }).ConfigureAwait(false);
        });
        return command;
    }
}
