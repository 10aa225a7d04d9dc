using System.CommandLine;
using Microsoft.Extensions.Logging.Abstractions;
using Url2Video.Farm.Cli.Farm;
using Url2Video.Farm.Cli.Options;
using Url2Video.Farm.Cli.Output;
using Url2Video.Farm.Core.Errors;
using Url2Video.Farm.Node.Probing;
using Url2Video.Farm.Node.Work;

namespace Url2Video.Farm.Cli.Commands;

/// <summary><c>url2video doctor</c>: tries what a render needs, and names the line that mends what is missing.</summary>
internal static class DoctorCommand
{
    public static Command Create()
    {
        var common = new CommonOptions();
        var command = new Command("doctor", "Checks that everything a render needs is here and works.");
        command.Options.Add(common.Data);
        command.Options.Add(common.Json);
        command.SetAction(async (parsed, _) =>
        {
            using var reporter = Reporter.Create(parsed.GetValue(common.Json));
            return (int)await Failing.GuardAsync(reporter, () => RunAsync(common.DataDir(parsed), reporter)).ConfigureAwait(false);
        });
        return command;
    }

    private static async Task<ExitStatus> RunAsync(string dataDir, IReporter reporter)
    {
        var checks = HealthChecks.All(dataDir).ToArray();
        foreach (var check in checks)
        {
            reporter.Say($"{(check.Level switch { HealthLevel.Ok => "ok  ", HealthLevel.Note => "note", _ => "FAIL" })}  {check.Name}: {check.Detail}");
            if (check.Fix is not null)
            {
                reporter.Say($"      {check.Fix}");
            }
        }

        var words = await NodeWordsAsync(dataDir).ConfigureAwait(false);
        reporter.Say("As a node this machine would declare:");
        foreach (var word in words)
        {
            reporter.Say($"      {word}");
        }

        var failed = checks.Where(c => c.Level == HealthLevel.Failed).ToArray();
        var fields = new Dictionary<string, object?>
        {
            ["node"] = words,
            ["checks"] = checks.Select(c => new Dictionary<string, object?> { ["name"] = c.Name, ["level"] = c.Level.ToString().ToLowerInvariant(), ["detail"] = c.Detail, ["fix"] = c.Fix }).ToArray(),
        };
        if (failed.Length == 0)
        {
            reporter.Succeed(["Everything a render needs is here."], fields);
            return ExitStatus.Success;
        }

        var error = new FarmError(ErrorCodes.MediaLibrary, $"{failed.Length} of {checks.Length} checks failed: {string.Join(", ", failed.Select(c => c.Name))}.", failed[0].Fix);
        reporter.Fail(error, ExitStatus.Failure, fields);
        return ExitStatus.Failure;
    }

    // What is missing was said by the checks: a probe that finds nothing is no fault here.
    private static async Task<IReadOnlyList<string>> NodeWordsAsync(string dataDir)
    {
        try
        {
            return [.. (await new NodeProbe(new NodeVoices(), TimeProvider.System, NullLogger.Instance).MeasureAsync(dataDir).ConfigureAwait(false)).Words()];
        }
        catch (FarmException fault)
        {
            return [$"nothing yet: {fault.Error.Message}"];
        }
    }
}
