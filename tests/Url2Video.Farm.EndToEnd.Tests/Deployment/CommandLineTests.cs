using System.Text.RegularExpressions;
using Url2Video.Farm.EndToEnd.Tests.Support;
using YamlDotNet.RepresentationModel;

namespace Url2Video.Farm.EndToEnd.Tests.Deployment;

/// <summary>Every command line in an image, a compose file, a unit or a manifest is one that the program understands.</summary>
public sealed partial class CommandLineTests
{
    [Fact]
    public async Task Options_InEveryDeployment_AreKnownToTheProgram()
    {
        var helps = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (where, line) in Lines())
        {
            var verb = string.Join(' ', line.TakeWhile(w => char.IsAsciiLetter(w[0]) && !w.Contains(':', StringComparison.Ordinal)));
            if (!helps.TryGetValue(verb, out var help))
            {
                var told = await Url2VideoProgram.RunAsync([.. verb.Split(' '), "--help"]);
                Assert.True(told.Exit == 0, $"{where}: there is no '{verb}'.\n{told.Error}");
                helps.Add(verb, help = told.Out);
            }

            Assert.All(line.Where(w => w.StartsWith("--", StringComparison.Ordinal)), option =>
                Assert.True(Regex.IsMatch(help, $@"(^|\s){Regex.Escape(option)}(\s|,|$)", RegexOptions.Multiline), $"{where}: '{verb}' has no {option}."));
        }

        Assert.Equal(["health", "node drain", "node join", "server"], helps.Keys.Order(StringComparer.Ordinal));
    }

    private static IEnumerable<(string Where, IReadOnlyList<string> Words)> Lines()
    {
        var docker = Path.Combine(Manifests.Root, "docker");
        foreach (Match match in JsonCommand().Matches(File.ReadAllText(Path.Combine(docker, "Dockerfile")).Replace("\\\n", " ", StringComparison.Ordinal)))
        {
            yield return ("Dockerfile", AfterProgram([.. QuotedWord().Matches(match.Groups[1].Value).Select(w => w.Groups[1].Value)]));
        }

        foreach (var unit in Directory.EnumerateFiles(Path.Combine(docker, "systemd"), "*.service"))
        {
            yield return (Path.GetFileName(unit), AfterProgram(File.ReadLines(unit).Single(l => l.StartsWith("ExecStart=", StringComparison.Ordinal)).Split(' ')));
        }

        var services = Manifests.Documents(Path.Combine(docker, "compose.yaml")).Single().Map("services")!;
        var inCompose = services.Children.Values.OfType<YamlMappingNode>().Select(s => s.Words("command")).Where(c => c.Count > 0 && c[0] is "server" or "node");
        var pods = Manifests.Pods().SelectMany(p => p.Pod.List("containers").OfType<YamlMappingNode>()).ToList();
        var probes = pods.SelectMany(c => new[] { "startupProbe", "livenessProbe", "readinessProbe" }.Select(p => c.Map(p)?.Map("exec")?.Words("command"))
            .Append(c.Map("lifecycle")?.Map("preStop")?.Map("exec")?.Words("command")));
        foreach (var command in inCompose.Concat(pods.Select(p => p.Words("args"))).Concat(probes.OfType<IReadOnlyList<string>>().Select(AfterProgram)))
        {
            yield return ("compose.yaml or k8s", command);
        }
    }

    // Images name the runtime and the assembly first; what compose gives replaces CMD alone.
    private static IReadOnlyList<string> AfterProgram(IReadOnlyList<string> words)
    {
        var program = words.ToList().FindIndex(w => w.EndsWith("url2video.dll", StringComparison.Ordinal));
        return [.. words.Skip(program + 1)];
    }

    [GeneratedRegex(@"CMD (\[[^\]]+\])")]
    private static partial Regex JsonCommand();

    [GeneratedRegex("\"([^\"]*)\"")]
    private static partial Regex QuotedWord();
}
