using System.CommandLine;
using Url2Video.Farm.Cli.Commands.Remote;
using Url2Video.Farm.Node.Workers;

namespace Url2Video.Farm.Cli.Commands;

/// <summary>The verbs of <c>url2video</c>, in the order of its help.</summary>
internal static class Verbs
{
    private static readonly (string Name, Func<Command> Create)[] s_all =
    [
        ("render", RenderCommand.Create),
        ("resume", ResumeCommand.Create),
        ("doctor", DoctorCommand.Create),
        ("voices", VoicesCommand.Create),
        ("effects", EffectsCommand.Create),
        ("presets", PresetsCommand.Create),
        ("plugin", PluginCommand.Create),
        ("palette", PaletteCommand.Create),
        ("quality", QualityCommand.Create),
        ("bench", BenchCommand.Create),
        ("lint", LintCommand.Create),
        (DecodeMain.Verb, DecodeCommand.Create),
        ("login", LoginCommand.Create),
        ("submit", SubmitCommand.Create),
        ("status", FilmCommands.Status),
        ("watch", FilmCommands.Watch),
        ("download", FilmCommands.Download),
        ("cancel", FilmCommands.Cancel),
        ("list", FilmCommands.List),
        ("node", NodeCommand.Create),
        ("pbm", PbmCommand.Create),
        ("server", ServerCommand.Create),
        ("up", UpCommand.Create),
        ("chaos", ChaosCommand.Create),
        ("health", HealthCommand.Create),
        (WorkersOf.Verb, WorkerCommand.Create),
    ];

    /// <summary>The verb that a command line begins with, alone; all of them when it begins with none. To make them all costs a worker process as much as to read its job.</summary>
    public static IEnumerable<Command> For(IReadOnlyList<string> arguments)
    {
        var meant = arguments.Count > 0 ? Array.FindIndex(s_all, v => v.Name == arguments[0]) : -1;
        return meant >= 0 ? [s_all[meant].Create()] : s_all.Select(v => v.Create());
    }
}
