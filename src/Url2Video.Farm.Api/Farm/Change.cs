using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Logging;
using Url2Video.Farm.Api.Hosting;
using Url2Video.Farm.Core.Errors;

namespace Url2Video.Farm.Api.Farm;

/// <summary>What every change may carry in its body.</summary>
/// <param name="Reason">Why a person wants it; kept in the log.</param>
/// <param name="DryRun">True: judge and tell, change nothing.</param>
internal record Change(string? Reason = null, bool DryRun = false);

/// <summary>Judges, carries out and records changes: who, what, why, whether it was only tried.</summary>
internal sealed partial class Changes(ApiParts parts)
{
    private const int ReasonCharsMax = 500;
    private readonly ILogger _log = parts.Logging.CreateLogger("Url2Video.Farm.Operators");

    /// <param name="what">One line: verb and object, e.g. <c>node drain n7</c>.</param>
    /// <param name="effects">What will happen, judged before anything happens; throws when it must not.</param>
    /// <exception cref="FarmException">ERR_INVALID_ARGUMENT, and whatever <paramref name="effects"/> and <paramref name="apply"/> refuse with.</exception>
    public async Task<Ok<FarmEffect>> RunAsync(HttpContext http, string what, Change? change, Func<Task<IReadOnlyList<string>>> effects, Func<Task> apply)
    {
        change ??= new Change();
        var reason = OneLine(change.Reason);
        var told = await effects().ConfigureAwait(false);
        if (!change.DryRun)
        {
            await apply().ConfigureAwait(false);
        }

        Record(_log, WhoOf(http), OneLine(what), change.DryRun ? "tried" : "done", reason);
        return Answers.Of(new FarmEffect(change.DryRun, [.. told], ClusterFacts.SelfOf(parts.Farm.System)));
    }

    /// <summary>Notes a change that was carried out elsewhere.</summary>
    public void Record(HttpContext http, string what, string? reason) => Record(_log, WhoOf(http), OneLine(what), "done", OneLine(reason));

    // A line of the log is one line, whatever a person writes into a reason.
    internal static string OneLine(string? text)
    {
        if (text is { Length: > ReasonCharsMax })
        {
            throw new FarmException(ErrorCodes.InvalidArgument, $"The reason is longer than {ReasonCharsMax} characters.", "Say it shorter.");
        }

        var line = new StringBuilder(text?.Length ?? 0);
        foreach (var c in text ?? "")
        {
            line.Append(char.IsControl(c) || c is '\u2028' or '\u2029' ? ' ' : c);
        }

        return line.ToString().Trim();
    }

    private static string WhoOf(HttpContext http) => http.Features.Get<Caller>()?.KeyId ?? "-";

    [LoggerMessage(LogLevel.Warning, "Operator {Who}: {What}: {Outcome}. Reason: {Reason}")]
    private static partial void Record(ILogger log, string who, string what, string outcome, string reason);
}
