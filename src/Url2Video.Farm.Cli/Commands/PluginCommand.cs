using System.CommandLine;
using Url2Video.Farm.Cli.Farm;
using Url2Video.Farm.Cli.Local;
using Url2Video.Farm.Cli.Options;
using Url2Video.Farm.Cli.Output;
using Url2Video.Farm.Core.Errors;
using Url2Video.Farm.Core.Plugins;
using Url2Video.Farm.Node.Plugins;

namespace Url2Video.Farm.Cli.Commands;

/// <summary><c>url2video plugin list|check|seal</c>: effects that are not the farm's own.</summary>
internal static class PluginCommand
{
    public static Command Create()
    {
        var common = new CommonOptions();
        var list = new Command("list", $"Lists the plugins of this machine: the folders below plugins in the farm's own, or below {NodePlugins.Variable}.");
        list.Options.Add(common.Data);
        Guarded(list, common, (parsed, reporter, _) => List(NodePlugins.Open(NodePlugins.FolderOf(common.DataDir(parsed)), othersMayHave: false), reporter));
        var folder = new Argument<string>("dir") { Description = "The plugin's folder." };
        var check = new Command("check", "Tries a plugin: its files, golden frames twice and in another order, and how long a frame takes.");
        check.Arguments.Add(folder);
        Guarded(check, common, (parsed, reporter, cancellation) => Check(parsed.GetValue(folder)!, reporter, cancellation));
        var seal = new Command("seal", "Writes the hashes of a plugin's files into its plugin.json; for its author, after each build.");
        seal.Arguments.Add(folder);
        Guarded(seal, common, (parsed, reporter, _) => Tell(PluginSeal.Write(parsed.GetValue(folder)!).Manifest, [], [], reporter));
        return new Command("plugin", "Effects that are not the farm's own: samples/plugins/README.md.") { list, check, seal };
    }

    private static void Guarded(Command command, CommonOptions common, Func<ParseResult, IReporter, CancellationToken, ExitStatus> run)
    {
        command.Options.Add(common.Json);
        command.SetAction(async (parsed, cancellation) =>
        {
            using var reporter = Reporter.Create(parsed.GetValue(common.Json));
            return (int)await Failing.GuardAsync(reporter, () => Task.FromResult(run(parsed, reporter, cancellation))).ConfigureAwait(false);
        });
    }

    private static ExitStatus List(PluginShelf shelf, IReporter reporter)
    {
        reporter.Succeed(
            [
                .. shelf.Plugins.SelectMany(p => Lines(p.Manifest)),
                .. shelf.Refused.Select(r => $"not usable: {r.Message}"),
                .. shelf.Plugins.IsEmpty && shelf.Refused.IsEmpty ? [$"There is no plugin below {shelf.Root}."] : Array.Empty<string>(),
            ],
            new Dictionary<string, object?>
            {
                ["folder"] = shelf.Root,
                ["plugins"] = shelf.Plugins.Select(p => Fields(p.Manifest)).ToArray(),
                ["refused"] = shelf.Refused.Select(r => r.Message).ToArray(),
            });
        return ExitStatus.Success;
    }

    private static ExitStatus Check(string path, IReporter reporter, CancellationToken cancellation)
    {
        var plugin = PluginFolder.Read(path);
        var shelf = PluginShelf.Of(plugin, FarmProcess.ThisProgram());
        var scratch = Directory.CreateTempSubdirectory("url2video-plugin-");
        try
        {
            var verdict = new PluginCheck(shelf, TimeProvider.System).Run(plugin, scratch.FullName, cancellation);
            return Tell(
                plugin.Manifest,
                [
                    FormattableString.Invariant($"starts in {verdict.StartMillis:0} ms; {verdict.FrameMillis:0.0} ms for a frame of 1920x1080"),
                    $"golden frames {verdict.Frames}: the same twice and in another order",
                ],
                new() { ["startMs"] = verdict.StartMillis, ["frameMs"] = verdict.FrameMillis, ["frames"] = verdict.Frames },
                reporter);
        }
        finally
        {
            scratch.Delete(recursive: true);
        }
    }

    private static ExitStatus Tell(PluginManifest manifest, string[] more, Dictionary<string, object?> fields, IReporter reporter)
    {
        reporter.Succeed([.. Lines(manifest), .. more], new Dictionary<string, object?>(Fields(manifest).Concat(fields)));
        return ExitStatus.Success;
    }

    private static IEnumerable<string> Lines(PluginManifest manifest) =>
    [
        $"{manifest.Id} {manifest.Version}  {manifest.Summary}",
        $"  \"plugins\": [{{ \"id\": \"{manifest.Id}\", \"sha256\": \"{manifest.Sha256}\" }}]",
        .. manifest.Parameters.Select(p => FormattableString.Invariant($"  {p.Name} {Number(p.Min)} to {Number(p.Max)}, {Number(p.Default)} if nothing is said  {p.Summary}").TrimEnd()),
    ];

    private static Dictionary<string, object?> Fields(PluginManifest manifest) => new()
    {
        ["id"] = manifest.Id,
        ["version"] = manifest.Version,
        ["sha256"] = manifest.Sha256,
        ["capability"] = manifest.Word,
        ["parameters"] = manifest.Parameters.Select(p => new Dictionary<string, object?>
        {
            ["name"] = p.Name, ["min"] = Number(p.Min), ["max"] = Number(p.Max), ["default"] = Number(p.Default),
        }).ToArray(),
    };

    private static decimal Number(int value) => value / (decimal)PluginParameter.Scale;
}
