using System.CommandLine;
using Url2Video.Farm.Cli.Pbm.Views;
using Url2Video.Farm.Core.Errors;

namespace Url2Video.Farm.Cli.Commands.Remote;

/// <summary><c>status</c>, <c>watch</c>, <c>download</c>, <c>cancel</c>, <c>list</c>: films of a farm.</summary>
internal static class FilmCommands
{
    private static readonly View.Table Films = new(
        "films",
        new("FILM", "id"),
        new("STATUS", "status"),
        new("DONE", null, Form.Number, static f => $"{(int)(Cells.At(f, "progress").GetDouble() * 100)} %"),
        new("PRIORITY", "priority"),
        new("ORDERED", "created_at", Form.Time),
        new("ERROR", "error.code"),
        new("TITLE", "title"));

    public static Command Status() => One("status", "Tells how a film stands.", static async (id, context) =>
        new View.Facts().Show(await context.Films.GetAsync(id, context.Interrupt).ConfigureAwait(false), context.Reporter));

    public static Command Cancel() => One("cancel", "Stops a film for good.", static async (id, context) =>
    {
        var film = await context.Films.CancelAsync(id, context.Interrupt).ConfigureAwait(false);
        context.Reporter.Succeed([$"{id} {Cells.Text(film, "status")}"], new Dictionary<string, object?> { ["project"] = id, ["status"] = Cells.Text(film, "status") });
        return ExitStatus.Success;
    });

    public static Command Watch() => One("watch", "Follows a film to its end.", static (id, context) => RemoteWatching.RunAsync(context, id, outDir: null));

    public static Command Download()
    {
        var film = Film();
        var directory = new Option<string>("--out", "-o") { Description = "Folder for the files.", DefaultValueFactory = _ => "out" };
        return RemoteCommand.Create(
            "download",
            "Fetches the files of a film; run again it goes on where it ended.",
            command =>
            {
                command.Arguments.Add(film);
                command.Options.Add(directory);
            },
            (parsed, context) => RemoteWatching.FetchedAsync(context, parsed.GetValue(film)!, parsed.GetValue(directory)!, new() { ["project"] = parsed.GetValue(film) }));
    }

    public static Command List()
    {
        var cursor = new Option<string?>("--cursor") { Description = "Go on from here, as the list before told." };
        var limit = new Option<int?>("--limit") { Description = "At most this many." };
        var status = new Option<string?>("--status") { Description = "Only films of this status, e.g. rendering." };
        return RemoteCommand.Create(
            "list",
            "Lists your films at a farm, the newest first.",
            command =>
            {
                command.Options.Add(cursor);
                command.Options.Add(limit);
                command.Options.Add(status);
            },
            async (parsed, context) => Films.Show(
                await context.Films.ListAsync(parsed.GetValue(cursor), parsed.GetValue(limit), parsed.GetValue(status), context.Interrupt).ConfigureAwait(false), context.Reporter));
    }

    private static Command One(string name, string help, Func<string, RemoteContext, Task<ExitStatus>> run)
    {
        var film = Film();
        return RemoteCommand.Create(name, help, command => command.Arguments.Add(film), (parsed, context) => run(parsed.GetValue(film)!, context));
    }

    private static Argument<string> Film() => new("film") { Description = "Id of the film, as submit printed it (prj_...)." };
}
