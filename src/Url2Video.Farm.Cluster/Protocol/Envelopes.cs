using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Errors;
using Url2Video.Farm.Core.Jobs;
using Url2Video.Farm.Core.Projects;

namespace Url2Video.Farm.Cluster.Protocol;

/// <summary>Something for one project, wherever it lives: the shard region reads <see cref="To"/> and nothing else.</summary>
public interface IForProject
{
    ProjectId To { get; }
}

/// <summary>A command or report for a project. Commands are answered with <see cref="Reply"/> once they are in the journal.</summary>
public sealed record ProjectEnvelope(ProjectId To, ProjectMessage Message) : IForProject;

/// <summary>A message for a job; its project hands it on, or answers for a job that does not live any more.</summary>
/// <param name="NodePath">Serialised path of the node that the message speaks of, so that the job can answer it.</param>
public sealed record JobEnvelope(JobId Job, JobMessage Message, string? NodePath) : IForProject
{
    public ProjectId To => Job.Project;
}

/// <summary>Asks for the line of the list; answered with <see cref="SummaryReply"/>. A project that never was answers null.</summary>
public sealed record GetSummary(ProjectId To) : IForProject;

public sealed record SummaryReply(ProjectSummary? Summary);

/// <summary>Asks for everything about the project; answered with <see cref="ProjectReply"/>.</summary>
public sealed record GetProject(ProjectId To) : IForProject;

/// <param name="Project">Null for a project that never was.</param>
public sealed record ProjectReply(ProjectDetail? Project);

/// <summary>Asks for a page of the project's jobs; answered with <see cref="JobsReply"/>.</summary>
/// <param name="Cursor">From the page before; null for the first.</param>
/// <param name="Max">1..<see cref="Limits.JobsPerPageMax"/>; beyond it counts as that.</param>
public sealed record GetJobs(ProjectId To, JobFilter Filter, string? Cursor, int Max) : IForProject;

/// <param name="Page">Null for a project that never was.</param>
public sealed record JobsReply(JobPage? Page);

/// <summary>
/// Asks for the present figures and, for <see cref="Core.Limits.WatchSecondsMax"/> from now, for all news; answered with <see cref="ProgressNote"/>s
/// to the sender, on whatever server it is. Whoever wants more asks again in time.
/// </summary>
public sealed record TellProgress(ProjectId To) : IForProject;

/// <summary>News of a project for one of its watchers.</summary>
public sealed record ProgressNote(FarmProgress Progress);

/// <summary>Between servers: a dispatcher has come to life at the sender's; nodes tell it their demand at once.</summary>
public sealed record DispatcherMoved;

/// <summary>Answer to a command.</summary>
/// <param name="Error">Null: it is in the journal.</param>
public sealed record Reply(FarmError? Error);
