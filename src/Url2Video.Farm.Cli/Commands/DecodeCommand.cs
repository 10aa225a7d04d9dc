using System.CommandLine;
using Url2Video.Farm.Node.Workers;
using Url2Video.Farm.Node.Workers.Confinement;

namespace Url2Video.Farm.Cli.Commands;

/// <summary><c>url2video decode-track</c>: what <c>lint --decode</c> starts for every track. Speaks a line of JSON, not with people.</summary>
internal static class DecodeCommand
{
    public static Command Create()
    {
        var folders = new Option<string[]>(WorkersOf.FolderOption) { DefaultValueFactory = _ => [] };
        var inputs = new Option<string[]>(DecodeMain.InputOption) { DefaultValueFactory = _ => [] };
        var confined = new Option<bool>(WorkersOf.ConfinedOption);
        var command = new Command(DecodeMain.Verb, "Decodes a track for the linter; started by it.") { Hidden = true };
        foreach (var option in new Option[] { folders, inputs, confined })
        {
            command.Options.Add(option);
        }

        command.SetAction((parsed, _) =>
        {
            if (!parsed.GetValue(confined))
            {
                // Returns only where the kernel cannot confine it: then a stranger's bytes are not decoded.
                WorkerConfinement.Begin(new WorkerBounds([.. parsed.GetValue(folders)!], "") { Inputs = [.. parsed.GetValue(inputs)!] }, WorkersOf.ConfinedOption, isAllOrNothing: true);
                DecodeMain.Refuse(Console.Out);
                return Task.FromResult(0);
            }

            DecodeMain.Run(Console.In, Console.Out);
            return Task.FromResult(0);
        });
        return command;
    }
}
