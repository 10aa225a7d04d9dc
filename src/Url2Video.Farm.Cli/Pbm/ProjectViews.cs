using System.Globalization;
using Url2Video.Farm.Cli.Output;
using Url2Video.Farm.Cluster.Hosting;
using Url2Video.Farm.Cluster.Persistence;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Errors;
using Url2Video.Farm.Core.Projects;

namespace Url2Video.Farm.Cli.Pbm;

/// <summary>Projects as an operator sees them, folded from the journal.</summary>
internal static class ProjectViews
{
    public static ExitStatus List(string dataDir, IReporter reporter)
    {
        var journal = new JournalReader(dataDir);
        var projects = journal.Projects().Select(p => Fields(journal.State(p))).ToArray();
        var lines = projects
            .Select(p => $"{p["id"]}  {p["status"],-9}  {p["phase"],-10}  {p["chunks"],9}  {p["submitted"]}  {p["title"]}")
            .Prepend($"{"PROJECT",-30}  {"STATUS",-9}  {"PHASE",-10}  {"CHUNKS",9}  {"SUBMITTED",-20}  TITLE")
            .Append($"{projects.Length} projects");
        reporter.Succeed([.. lines], new Dictionary<string, object?> { ["projects"] = projects });
        return ExitStatus.Success;
    }

    public static ExitStatus Show(string dataDir, string project, IReporter reporter)
    {
        var state = new JournalReader(dataDir).State(Parse(project));
        var fields = Fields(state);
        fields["segments"] = state.Plan?.Segments;
        fields["frames"] = state.Plan?.Frames;
        fields["published"] = state.ChunksPublished;
        fields["failures"] = state.FailuresTotal;
        fields["lost"] = state.LostTotal;
        fields["term"] = state.Term;
        fields["dead"] = state.Dead.Select(d => $"{d.Job}: {d.Error}").ToArray();
        fields["error"] = state.Error?.ToString();
        reporter.Succeed([.. fields.Select(f => $"{f.Key,-10}  {(f.Value is string[] list ? string.Join("; ", list) : f.Value)}")], fields);
        return ExitStatus.Success;
    }

    public static ExitStatus DeadLetters(string dataDir, IReporter reporter)
    {
        var journal = new JournalReader(dataDir);
        var dead = journal.Projects()
            .SelectMany(p => journal.State(p).Dead.Select(d => (Project: p, Job: d)))
            .Select(d => new Dictionary<string, object?>
            {
                ["project"] = d.Project.Value,
                ["job"] = d.Job.Job,
                ["failures"] = d.Job.Failures,
                ["lost"] = d.Job.Lost,
                ["code"] = d.Job.Error.Code,
                ["message"] = d.Job.Error.Message,
            }).ToArray();
        var lines = dead.Select(d => $"{d["project"]}  {d["job"],-14}  failed {d["failures"]}, lost {d["lost"]}  {d["code"]}: {d["message"]}")
            .Append($"{dead.Length} dead jobs; `url2video resume PROJECT` tries them again");
        reporter.Succeed([.. lines], new Dictionary<string, object?> { ["dead"] = dead });
        return ExitStatus.Success;
    }

    /// <exception cref="FarmException">ERR_INVALID_ARGUMENT.</exception>
    internal static ProjectId Parse(string text) => ProjectIds.TryParse(text, out var id)
        ? id
        : throw new FarmException(ErrorCodes.InvalidArgument, $"{text} is not a project id.", "An id is prj_ and 26 characters; `./pbm project list` lists them.");

    private static Dictionary<string, object?> Fields(ProjectState state) => new()
    {
        ["id"] = state.Id.Value,
        ["status"] = state.Status.ToString().ToLowerInvariant(),
        ["phase"] = state.Phase.ToString().ToLowerInvariant(),
        ["chunks"] = string.Create(CultureInfo.InvariantCulture, $"{state.Chunks.Count(c => c is not null)}/{state.Chunks.Count}"),
        ["submitted"] = state.SubmittedAt.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) + "Z",
        ["title"] = state.Facts?.Title,
        ["out"] = state.Request?.OutDir,
    };
}
