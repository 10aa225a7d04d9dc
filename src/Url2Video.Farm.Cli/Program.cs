using System.CommandLine;
using System.Text;
using Url2Video.Farm.Cli.Commands;
using Url2Video.Farm.Cli.Commands.Remote;
using Url2Video.Farm.Cli.Pbm.Shell;
using Url2Video.Farm.Node.Plugins;

Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);

if (args is [PluginConfinement.Verb, var folder, var entry, var scratch])
{
    return PluginConfinement.Become([folder, entry, scratch]); // As little as possible runs before: it is started for every scene with a plugin.
}

var pbm = PbmCommand.Create();
if (args is ["pbm", .. var rest] && CompletionCommand.TryAnswer(pbm, rest, Console.Out))
{
    return 0;
}

var root = new RootCommand("Turns a web page, a text or a storyboard into finished video on your own machines.")
{
    RenderCommand.Create(),
    ResumeCommand.Create(),
    DoctorCommand.Create(),
    VoicesCommand.Create(),
    EffectsCommand.Create(),
    PresetsCommand.Create(),
    PluginCommand.Create(),
    PaletteCommand.Create(),
    QualityCommand.Create(),
    BenchCommand.Create(),
    LintCommand.Create(),
    DecodeCommand.Create(),
    LoginCommand.Create(),
    SubmitCommand.Create(),
    FilmCommands.Status(),
    FilmCommands.Watch(),
    FilmCommands.Download(),
    FilmCommands.Cancel(),
    FilmCommands.List(),
    NodeCommand.Create(),
    pbm,
    ServerCommand.Create(),
    UpCommand.Create(),
    ChaosCommand.Create(),
    HealthCommand.Create(),
    WorkerCommand.Create(),
};
VersionCommand.Replace(root);

var parsed = root.Parse(args);
if (parsed.Errors.Count > 0)
{
    return Usage.Refuse(parsed);
}

// Signals are ours: the first Ctrl-C detaches, and the farm is left in order.
return await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null, EnableDefaultExceptionHandler = false }).ConfigureAwait(false);
