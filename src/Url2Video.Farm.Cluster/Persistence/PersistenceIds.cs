using Url2Video.Farm.Core;

namespace Url2Video.Farm.Cluster.Persistence;

/// <summary>Names of journals. They are stored: frozen.</summary>
internal static class PersistenceIds
{
    private const string ProjectPrefix = "project-";

    /// <summary>Sorts after every project: the character after the hyphen.</summary>
    public const string ProjectsEnd = "project.";

    public static string Of(ProjectId project) => ProjectPrefix + project.Value;

    public static string OfLimit(string name) => "limit-" + name;

    public static string OfTenant(string name) => "tenant-" + name;

    public static string OfWebhooks(ProjectId project) => "webhook-" + project.Value;

    public static bool TryProject(string persistenceId, out ProjectId project)
    {
        project = default;
        return persistenceId.StartsWith(ProjectPrefix, StringComparison.Ordinal)
            && Hosting.ProjectIds.TryParse(persistenceId[ProjectPrefix.Length..], out project);
    }
}
