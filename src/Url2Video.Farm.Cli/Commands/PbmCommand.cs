using System.CommandLine;
using Url2Video.Farm.Cli.Output;
using Url2Video.Farm.Cli.Pbm;
using Url2Video.Farm.Cli.Pbm.Shell;
using Url2Video.Farm.Cli.Pbm.Verbs;

namespace Url2Video.Farm.Cli.Commands;

/// <summary><c>pbm</c>, the operator's console: over the API of a farm, or, reading only, over the journal of a data folder.</summary>
internal static class PbmCommand
{
    public static Command Create()
    {
        var options = new PbmOptions();
        var command = new Command("pbm", "The operator's console (also ./pbm). Without a verb it asks for one again and again.");
        foreach (var option in options.All)
        {
            command.Options.Add(option);
        }

        foreach (var palette in Catalog.All)
        {
            command.Subcommands.Add(PaletteOf(palette, options));
        }

        command.Subcommands.Add(FarmDoctor.Create(options));
        command.Subcommands.Add(CompletionCommand.Create());
        command.SetAction((parsed, cancellation) => PbmShell.RunAsync(command, parsed, options, cancellation));
        return command;
    }

    private static Command PaletteOf(Palette palette, PbmOptions options)
    {
        var command = new Command(palette.Name, palette.Help);
        foreach (var verb in palette.Verbs)
        {
            command.Subcommands.Add(new VerbCommand(verb, options).Create());
        }

        if (palette.Name == "store")
        {
            command.Subcommands.Add(StoreCommands.Backup(options));
            command.Subcommands.Add(StoreCommands.Restore(options));
        }

        return command;
    }
}
