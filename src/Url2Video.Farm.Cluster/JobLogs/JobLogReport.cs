using System.Text.Json.Serialization;
using Url2Video.Farm.Cluster.Hosting;
using Url2Video.Farm.Cluster.Serialization;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Errors;

namespace Url2Video.Farm.Cluster.JobLogs;

/// <summary>What a node says of the log of an attempt; which node it is, its session says.</summary>
internal sealed record JobLogReport(string Project, string Job, long Attempt, string Sha256, long Bytes, string Outcome, long StartedMs, long EndedMs)
{
    private const int JobCharsMax = 100;

    public static JobLogReport Of(JobLogEntry entry) => new(
        entry.Project.Value, entry.Job, entry.Attempt, entry.Log.Id.Sha256, entry.Log.Bytes, entry.Outcome, entry.StartedUnixMs, entry.EndedUnixMs);

    /// <exception cref="FarmException"><c>ERR_INVALID_ARGUMENT</c>: a node that says such a thing is not one of ours.</exception>
    public JobLogEntry Judge(NodeId node)
    {
        var isGood = ProjectIds.TryParse(Project, out var project)
            && IsJobName(Job)
            && Attempt > 0
            && Sha256Text.IsOne(Sha256)
            && Bytes is >= 0 and <= Limits.JobLogBytesMax
            && AttemptOutcomes.IsOne(Outcome)
            && StartedMs >= 0
            && EndedMs >= StartedMs;
        return isGood
            ? new JobLogEntry(project, Job, Attempt, node, new ArtifactRef(new ArtifactId(Sha256), Bytes), Outcome, StartedMs, EndedMs)
            : throw new FarmException(ErrorCodes.InvalidArgument, "This is not the log of an attempt.");
    }

    /// <summary><c>mix</c>, <c>render/000003</c>: letters, then digits.</summary>
    public static bool IsJobName(string? name) =>
        name is { Length: > 0 and <= JobCharsMax } && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '-') && name[0] != '/';
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(JobLogReport))]
internal sealed partial class JobLogJson : JsonSerializerContext;
