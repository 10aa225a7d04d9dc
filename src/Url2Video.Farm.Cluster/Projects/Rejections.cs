using System.Collections.Concurrent;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Errors;

namespace Url2Video.Farm.Cluster.Projects;

/// <summary>
/// Projects whose last life in this process had an event that the journal takes in no form. Tried again it would be refused again, for ever:
/// the next life ends the project with the reason instead. Any thread.
/// </summary>
internal sealed class Rejections
{
    private readonly ConcurrentDictionary<ProjectId, FarmError> _reasons = new();

    public void Note(ProjectId project, FarmError reason) => _reasons[project] = reason;

    public FarmError? Take(ProjectId project) => _reasons.TryRemove(project, out var reason) ? reason : null;
}
