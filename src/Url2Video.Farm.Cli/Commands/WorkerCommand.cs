using System.CommandLine;
using Url2Video.Farm.Cli.Farm;
using Url2Video.Farm.Node.Work;
using Url2Video.Farm.Node.Workers;
using Url2Video.Farm.Node.Workers.Confinement;

namespace Url2Video.Farm.Cli.Commands;

/// <summary><c>url2video worker</c>: what a node starts for its native work. Speaks frames on its standard streams, not with people.</summary>
internal static class WorkerCommand
{
    public static Command Create()
    {
        var encoder = new Option<string>(WorkersOf.EncoderOption) { DefaultValueFactory = _ => string.Empty };
        var othersSpeak = new Option<bool>(WorkersOf.OthersSpeakOption);
        var plugins = new Option<string>(WorkersOf.PluginsOption) { DefaultValueFactory = _ => string.Empty };
        var memory = new Option<int>(WorkersOf.MemoryOption);
        var command = new Command(WorkersOf.Verb, "A worker process of a node; started by it.") { Hidden = true };
        var folders = new Option<string[]>(WorkersOf.FolderOption) { DefaultValueFactory = _ => [] };
        var online = new Option<bool>(WorkersOf.OnlineOption);
        var confined = new Option<bool>(WorkersOf.ConfinedOption);
        var check = new Option<string?>(WorkersOf.CheckOption);
        foreach (var option in new Option[] { encoder, othersSpeak, memory, folders, online, confined, check, plugins })
        {
            command.Options.Add(option);
        }

        command.SetAction((parsed, _) =>
        {
            if (!parsed.GetValue(confined))
            {
                WorkerConfinement.Begin(new ConfinedFolders(parsed.GetValue(folders)!, parsed.GetValue(plugins)!, []), parsed.GetValue(online), WorkersOf.ConfinedOption);
            }

            if (parsed.GetValue(check) is { } outside)
            {
                foreach (var line in ConfinementCheck.Run(outside, parsed.GetValue(folders)!.FirstOrDefault() ?? Path.GetTempPath()))
                {
                    Console.Out.WriteLine(line);
                }

                return Task.FromResult(0);
            }

            var voices = new NodeVoices { OthersMaySpeak = parsed.GetValue(othersSpeak) };
            var shelf = NodePlugins.Open(parsed.GetValue(plugins)!, parsed.GetValue(othersSpeak));
            return WorkerMain.RunAsync(AllWorks.Create(TimeProvider.System, voices, parsed.GetValue(encoder)!, shelf), parsed.GetValue(memory) * 1024L * 1024L);
        });
        return command;
    }
}
