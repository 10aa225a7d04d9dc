using System.Collections.Immutable;
using System.CommandLine;
using System.Diagnostics;
using Url2Video.Farm.Cli.Farm;
using Url2Video.Farm.Cli.Options;
using Url2Video.Farm.Cli.Output;
using Url2Video.Farm.Cluster.Hosting;
using Url2Video.Farm.Cluster.Persistence;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Errors;

namespace Url2Video.Farm.Cli.Commands;

/// <summary><c>url2video resume</c>: goes on with what was interrupted, killed or failed.</summary>
internal static class ResumeCommand
{
    public static Command Create()
    {
        var common = new CommonOptions();
        var project = new Argument<string?>("project") { Description = "Project id (prj_...). Default: every project that is not finished.", Arity = ArgumentArity.ZeroOrOne };
        var command = new Command("resume", "Goes on with interrupted or failed projects; finished parts are not made again.");
        command.Arguments.Add(project);
        command.Options.Add(common.Workers);
        command.Options.Add(common.WorkerMemory);
        command.Options.Add(common.Data);
        command.Options.Add(common.Json);
        command.SetAction(async (parsed, _) =>
        {
            using var reporter = Reporter.Create(parsed.GetValue(common.Json));
            return (int)await Failing.GuardAsync(reporter, () =>
                RunAsync(parsed.GetValue(project), common.DataDir(parsed), parsed.GetValue(common.Workers), parsed.GetValue(common.WorkerMemory), reporter)).ConfigureAwait(false);
        });
        return command;
    }

    private static async Task<ExitStatus> RunAsync(string? project, string dataDir, int? workers, int workerMemoryMibMax, IReporter reporter)
    {
        var wanted = Wanted(project);
        _ = new JournalReader(dataDir); // Refuses a folder without a journal: resume must not make a farm where there is none.

        var elapsed = Stopwatch.StartNew();
        using var interrupt = new Interrupt();
        var farm = await FarmHost.StartAsync(dataDir, workers, workerMemoryMibMax).ConfigureAwait(false);
        await using (farm.ConfigureAwait(false))
        {
            var going = await farm.ResumeAsync(wanted, interrupt.Token).ConfigureAwait(false);
            if (going.IsEmpty)
            {
                reporter.Say("Nothing to resume: every project is finished, or failed for a reason that another try cannot change. Name one to try it all the same.");
                reporter.Succeed([], new Dictionary<string, object?> { ["projects"] = Array.Empty<string>() });
                return ExitStatus.Success;
            }

            var (status, failed) = (ExitStatus.Success, new List<FarmProgress.Finished>());
            foreach (var summary in going)
            {
                reporter.Say($"Project {summary.Id.Value} -> {summary.OutDir}");
                var finished = await Watching.FollowAsync(farm, summary.Id, reporter, interrupt.Token).ConfigureAwait(false);
                if (finished is null)
                {
                    return Watching.TellDetached(summary.Id, dataDir, reporter);
                }

                var one = Watching.Tell(finished, elapsed.Elapsed, reporter);
                status = status == ExitStatus.Success ? one : status;
                if (one != ExitStatus.Success)
                {
                    failed.Add(finished);
                }
            }

            if (going.Length > 1)
            {
                TellAll(going, failed, status, reporter);
            }

            return status;
        }
    }

    // The last word is about all of them: it must agree with the exit status.
    private static void TellAll(ImmutableArray<ProjectSummary> going, List<FarmProgress.Finished> failed, ExitStatus status, IReporter reporter)
    {
        var fields = new Dictionary<string, object?> { ["projects"] = going.Select(p => p.Id.Value).ToArray(), ["failed"] = failed.Select(f => f.Project.Value).ToArray() };
        if (failed.Count == 0)
        {
            reporter.Succeed([], fields);
            return;
        }

        var message = $"{failed.Count} of {going.Length} projects failed: {string.Join(", ", failed.Select(f => f.Project.Value))}.";
        reporter.Fail(new FarmError(failed[0].Error?.Code ?? ErrorCodes.Internal, message), status, fields);
    }

    private static ProjectId? Wanted(string? text)
    {
        if (text is null)
        {
            return null;
        }

        return ProjectIds.TryParse(text, out var id)
            ? id
            : throw new FarmException(ErrorCodes.InvalidArgument, $"{text} is not a project id.", "An id is prj_ and 26 characters; render prints it, `./pbm project list` lists them.");
    }
}
