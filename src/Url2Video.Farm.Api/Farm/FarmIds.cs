using Url2Video.Farm.Cluster.Hosting;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Errors;
using Url2Video.Farm.Core.Projects;

namespace Url2Video.Farm.Api.Farm;

/// <summary>Judges ids that came from outside.</summary>
internal static class FarmIds
{
    private const int NameCharsMax = 64;

    /// <exception cref="FarmException">ERR_INVALID_ARGUMENT.</exception>
    public static ProjectId Project(string text) => ProjectIds.TryParse(text, out var id)
        ? id
        : throw new FarmException(ErrorCodes.InvalidArgument, $"{Short(text)} is not a project id.", "An id is prj_ and 26 characters; `pbm project list` lists them.");

    /// <exception cref="FarmException">ERR_INVALID_ARGUMENT, ERR_JOB_NOT_FOUND.</exception>
    public static JobId Job(string project, string name) => JobNames.TryParse(name, out _, out _)
        ? new JobId(Project(project), name)
        : throw new FarmException(ErrorCodes.JobNotFound, $"{Short(name)} is not the name of a job.", "`pbm job list PROJECT` lists them, e.g. render/000003.");

    private static string Short(string text) => Changes.OneLine(text.Length <= NameCharsMax ? text : text[..NameCharsMax]);
}
