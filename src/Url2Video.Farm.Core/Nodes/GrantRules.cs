using System.Buffers;
using Url2Video.Farm.Core.Contracts;

namespace Url2Video.Farm.Core.Nodes;

/// <summary>
/// What a node asks of a grant before it works it. A server is trusted with what to work on, not with where: ids become folder names.
/// </summary>
public static class GrantRules
{
    private const int ProjectCharsMax = 64;
    private const int NameCharsMax = 128;
    private const int SecondsMax = 24 * 3_600;

    private static readonly SearchValues<char> ProjectChars = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_");
    private static readonly SearchValues<char> NameChars = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789/-");

    /// <returns>Null: may be worked. Else a sentence for the log.</returns>
    public static string? Complaint(Lease lease, JobSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        return !IsOf(lease.Job.Project.Value, ProjectChars, ProjectCharsMax) || !IsOf(lease.Job.Name, NameChars, NameCharsMax) ? "The job's id is none."
            : lease.Job != spec.Id ? "The lease is of another job than the work."
            : spec.SecondsMax is < 1 or > SecondsMax ? $"The job may take {spec.SecondsMax} s, which is not possible."
            : lease.Attempt < 1 ? "The attempt has no number."
            : null;
    }

    private static bool IsOf(string? text, SearchValues<char> allowed, int charsMax) =>
        text is { Length: > 0 } && text.Length <= charsMax && !text.AsSpan().ContainsAnyExcept(allowed);
}
