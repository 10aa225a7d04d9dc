using System.CommandLine;
using Url2Video.Farm.Cli.Farm;
using Url2Video.Farm.Node.Work;
using Url2Video.Farm.Node.Workers;

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
        foreach (var option in new Option[] { encoder, othersSpeak, memory, plugins })
        {
            command.Options.Add(option);
        }

        command.SetAction((parsed, _) =>
        {
            var voices = new NodeVoices { OthersMaySpeak = parsed.GetValue(othersSpeak) };
            var shelf = NodePlugins.Open(parsed.GetValue(plugins)!, parsed.GetValue(othersSpeak));
            return WorkerMain.RunAsync(AllWorks.Create(TimeProvider.System, voices, parsed.GetValue(encoder)!, shelf), parsed.GetValue(memory) * 1024L * 1024L);
        });
        return command;
    }
}
