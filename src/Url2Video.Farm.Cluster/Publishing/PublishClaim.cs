using System.Globalization;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Errors;

namespace Url2Video.Farm.Cluster.Publishing;

/// <summary>Which life of which project publishes; the later one is right.</summary>
/// <param name="Term">Of the project's state when its publisher was made; grows with every life.</param>
internal readonly record struct PublishClaim(ProjectId Project, long Term)
{
    public static FarmException Superseded(ProjectId project) => new(
        ErrorCodes.Conflict, $"A later life of project {project} publishes it; this one ends.", retryable: false);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Project.Value} {Term}\n");

    /// <returns>False for anything that <see cref="ToString"/> did not write.</returns>
    public static bool TryParse(string text, out PublishClaim claim)
    {
        var parts = text.TrimEnd('\n').Split(' ');
        claim = default;
        if (parts.Length != 2 || !Hosting.ProjectIds.TryParse(parts[0], out var project)
            || !long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var term))
        {
            return false;
        }

        claim = new(project, term);
        return true;
    }
}
