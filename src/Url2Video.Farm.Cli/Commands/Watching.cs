using System.Globalization;
using Url2Video.Farm.Cli.Output;
using Url2Video.Farm.Cluster.Hosting;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Errors;
using Url2Video.Farm.Core.Quality;

namespace Url2Video.Farm.Cli.Commands;

/// <summary>Follows a project to its end and tells the end: shared by <c>render</c> and <c>resume</c>.</summary>
internal static class Watching
{
    private static readonly FarmError Unknown = new(ErrorCodes.Internal, "The project ended without a reason.", "The log in the data folder may tell more.");

    /// <returns>Null when interrupted: the project stays in the journal.</returns>
    public static async Task<FarmProgress.Finished?> FollowAsync(IFarm farm, ProjectId id, IReporter reporter, CancellationToken interrupt)
    {
        try
        {
            await foreach (var progress in farm.WatchAsync(id, interrupt).ConfigureAwait(false))
            {
                reporter.Progress(progress);
                if (progress is FarmProgress.Finished finished)
                {
                    return finished;
                }
            }
        }
        catch (OperationCanceledException) when (interrupt.IsCancellationRequested)
        {
            // Detached: the hint is told by the caller.
        }

        return null;
    }

    public static ExitStatus Tell(FarmProgress.Finished finished, TimeSpan elapsed, IReporter reporter)
    {
        var fields = new Dictionary<string, object?>
        {
            ["project"] = finished.Project.Value,
            ["stage"] = finished.Stage.ToString().ToLowerInvariant(),
            ["out"] = finished.OutDir,
            ["seconds"] = Math.Round(elapsed.TotalSeconds, 1),
        };
        if (finished.Stage == ProjectStage.Completed)
        {
            fields["files"] = finished.Files;
            QualityNote.Tell(Path.Combine(finished.OutDir, QualityJson.FileName), reporter, fields);
            reporter.Say(string.Create(CultureInfo.InvariantCulture, $"Finished in {elapsed.TotalSeconds:0.0} s. The result is in {finished.OutDir}"));
            reporter.Succeed([.. finished.Files.Select(f => Path.Combine(finished.OutDir, f))], fields);
            return ExitStatus.Success;
        }

        var error = finished.Error ?? Unknown;
        if (error.Code == ErrorCodes.Quality)
        {
            QualityNote.Tell(Path.Combine(finished.OutDir, QualityNote.Quarantine, QualityJson.FileName), reporter, fields);
        }

        var status = finished.Stage == ProjectStage.Cancelled ? ExitStatus.Failure : ErrorCodes.Describe(error.Code).Exit;
        reporter.Fail(error, status, fields);
        return status;
    }

    public static ExitStatus TellDetached(ProjectId id, string dataDir, IReporter reporter)
    {
        var hint = $"./url2video resume {id.Value} --data {Shell.Quote(dataDir)}";
        reporter.Say($"Detached. What is finished is kept; go on with:\n  {hint}");
        reporter.Succeed([], new Dictionary<string, object?> { ["project"] = id.Value, ["detached"] = true, ["resume"] = hint });
        return ExitStatus.Interrupted;
    }
}
