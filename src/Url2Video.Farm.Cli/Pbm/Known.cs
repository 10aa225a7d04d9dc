using System.CommandLine;
using System.Text.Json;
using Url2Video.Farm.Cli.Pbm.Views;
using Url2Video.Farm.Core.Errors;

namespace Url2Video.Farm.Cli.Pbm;

/// <summary>Values that the farm knows, for completion: nodes, projects, servers.</summary>
internal static class Known
{
    /// <summary>Somebody waits with a finger on the tab key.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <returns>Nothing when the farm does not answer soon: completion helps or is silent.</returns>
    public static IReadOnlyList<string> Values(PbmOptions options, ParseResult parsed, string route, string property)
    {
        try
        {
            return Task.Run(() => AskAsync(options, parsed, route, property)).GetAwaiter().GetResult();
        }
        catch (Exception fault) when (fault is FarmException or OperationCanceledException or Microsoft.Data.Sqlite.SqliteException or JsonException)
        {
            return [];
        }
    }

    private static async Task<IReadOnlyList<string>> AskAsync(PbmOptions options, ParseResult parsed, string route, string property)
    {
        using var limit = new CancellationTokenSource(Patience);
        using var farm = options.Answers(parsed);
        var answer = await farm.AskAsync(HttpMethod.Get, route, new Dictionary<string, object>(), limit.Token).ConfigureAwait(false);
        return [.. View.Table.Rows(answer).Select(r => Cells.Text(r, property)).Where(v => v.Length > 0)];
    }
}
