using System.CommandLine;
using System.Text;
using Url2Video.Farm.Cli.Commands;
using Url2Video.Farm.Cli.Pbm.Shell;
using Url2Video.Farm.Node.Plugins;

Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);

if (args is [PluginConfinement.Verb, var folder, var entry, var scratch, var memory])
{
    return PluginConfinement.Become([folder, entry, scratch, memory]); // As little as possible runs before: it is started for every scene with a plugin.
}

if (args is ["pbm", .. var rest] && CompletionCommand.TryAnswer(PbmCommand.Create, rest, Console.Out))
{
    return 0;
}

var root = new RootCommand("Turns a web page, a text or a storyboard into finished video on your own machines.");
foreach (var verb in Verbs.For(args))
{
    root.Subcommands.Add(verb);
}

VersionCommand.Replace(root);

var parsed = root.Parse(args);
if (parsed.Errors.Count > 0)
{
    return Usage.Refuse(parsed);
}

// Signals are ours: the first Ctrl-C detaches, and the farm is left in order.
return await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null, EnableDefaultExceptionHandler = false }).ConfigureAwait(false);
