using System.Diagnostics;
using System.Text.Json;
using Url2Video.Farm.Cli.Client;
using Url2Video.Farm.Cli.Output;
using Url2Video.Farm.Cli.Pbm.Views;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Errors;
using Url2Video.Farm.Core.Quality;

namespace Url2Video.Farm.Cli.Commands.Remote;

/// <summary>Follows a film of a server to its end and tells the end, as <c>render</c> does for its own.</summary>
internal static class RemoteWatching
{
    private const int PermilleMax = 1_000;

    /// <param name="outDir">Where the files go when it succeeds; null: they stay at the farm.</param>
    public static async Task<ExitStatus> RunAsync(RemoteContext context, string id, string? outDir)
    {
        var elapsed = Stopwatch.StartNew();
        try
        {
            await foreach (var item in context.Films.EventsAsync(id, context.Interrupt).ConfigureAwait(false))
            {
                using var data = JsonDocument.Parse(item.Data);
                Tell(context.Reporter, id, item.EventType, data.RootElement);
            }
        }
        catch (OperationCanceledException) when (context.Interrupt.IsCancellationRequested)
        {
            return Detached(context, id);
        }

        return await EndAsync(context, id, outDir, elapsed.Elapsed).ConfigureAwait(false);
    }

    /// <summary>Tells how a film ended, and fetches it when that is wanted.</summary>
    public static async Task<ExitStatus> EndAsync(RemoteContext context, string id, string? outDir, TimeSpan elapsed)
    {
        var film = await context.Films.GetAsync(id, context.Interrupt).ConfigureAwait(false);
        var status = Cells.Text(film, "status");
        var fields = film.EnumerateObject().ToDictionary(p => p.Name, object? (p) => p.Value);
        fields["project"] = id;
        fields["seconds"] = Math.Round(elapsed.TotalSeconds, 1);
        if (status == "succeeded")
        {
            return outDir is null ? Succeeded(context.Reporter, film, fields) : await FetchedAsync(context, id, outDir, fields).ConfigureAwait(false);
        }

        var error = new FarmError(
            Cells.Text(film, "error.code") is { Length: > 0 } code ? code : status == "canceled" ? ErrorCodes.Cancelled : ErrorCodes.Internal,
            Cells.Text(film, "error.message") is { Length: > 0 } message ? message : $"The film is {status}.",
            Cells.Text(film, "error.hint") is { Length: > 0 } hint ? hint : null);
        var exit = status == "canceled" ? ExitStatus.Failure : ErrorCodes.Describe(error.Code).Exit;
        fields.Remove("error"); // Told in the form of every command's errors.
        context.Reporter.Fail(error, exit, fields);
        return exit;
    }

    public static async Task<ExitStatus> FetchedAsync(RemoteContext context, string id, string outDir, Dictionary<string, object?> fields)
    {
        var directory = OutDirectory.Prepare(outDir);
        try
        {
            using var downloader = new Downloader(context.Films, context.Http.Address.Url);
            var files = await downloader.FetchAsync(id, directory.Path, context.Interrupt).ConfigureAwait(false);
            fields["out"] = directory.Path;
            fields["files"] = files;
            QualityNote.Tell(Path.Combine(directory.Path, QualityJson.FileName), context.Reporter, fields);
            context.Reporter.Say($"{files.Count} files are in {directory.Path}");
            context.Reporter.Succeed([.. files.Where(IsForPeople).Select(f => Path.Combine(directory.Path, f))], fields);
            return ExitStatus.Success;
        }
        finally
        {
            directory.RemoveIfUnused();
        }
    }

    private static ExitStatus Succeeded(IReporter reporter, JsonElement film, Dictionary<string, object?> fields)
    {
        string[] kinds = ["mp4", "hls", "dash", "captions", "thumbnail"];
        reporter.Succeed([.. kinds.Select(k => (Kind: k, Url: Cells.Text(film, "outputs." + k))).Where(o => o.Url.Length > 0).Select(o => $"{o.Kind,-9}  {o.Url}")], fields);
        return ExitStatus.Success;
    }

    private static ExitStatus Detached(RemoteContext context, string id)
    {
        var hint = $"./url2video watch {id} --server {Shell.Quote(context.Http.Address.Url.ToString())}";
        context.Reporter.Say($"Detached. The farm goes on; look again with:\n  {hint}");
        context.Reporter.Succeed([], new Dictionary<string, object?> { ["project"] = id, ["detached"] = true, ["watch"] = hint });
        return ExitStatus.Interrupted;
    }

    private static void Tell(IReporter reporter, string id, string type, JsonElement news)
    {
        if (reporter.IsForPrograms)
        {
            reporter.Line("", type, news);
            return;
        }

        var project = new ProjectId(id);
        switch (type)
        {
            case "title":
            case "snapshot" when Cells.Text(news, "text").Length > 0:
                reporter.Progress(new FarmProgress.Titled(project, Cells.Text(news, "text")));
                break;
            case "warning":
                reporter.Progress(new FarmProgress.Warned(project, Cells.Text(news, "text")));
                break;
        }

        var permille = Cells.At(news, "progress") is { ValueKind: JsonValueKind.Number } progress ? (int)(progress.GetDouble() * PermilleMax) : 0;
        var (done, total) = ((int)Cells.Number(news, "chunks.done"), (int)Cells.Number(news, "chunks.total"));
        reporter.Progress(new FarmProgress.Work(
            project, Films.StageOf(Cells.Text(news, "status")), permille, PermilleMax, done, total, done, total, 0, 0, 0));
    }

    // A package has hundreds of segments: people want to know where to press play.
    private static bool IsForPeople(string path) => !path.Contains('/', StringComparison.Ordinal) || path.EndsWith("master.m3u8", StringComparison.Ordinal) || path.EndsWith(".mpd", StringComparison.Ordinal);
}
