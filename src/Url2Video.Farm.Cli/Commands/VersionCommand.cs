using System.CommandLine;
using System.CommandLine.Invocation;
using System.Reflection;
using System.Runtime.InteropServices;
using Url2Video.Farm.Cli.Output;

namespace Url2Video.Farm.Cli.Commands;

/// <summary><c>--version</c>, and <c>--version --json</c> for programs.</summary>
internal static class VersionCommand
{
    public static string Version => typeof(VersionCommand).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0";

    public static void Replace(RootCommand root)
    {
        var option = root.Options.OfType<VersionOption>().Single();
        var json = new Option<bool>("--json") { Description = "With --version: as JSON." };
        option.Action = new Tell(json);

        // The option's own rule is to stand alone.
        option.Validators.Clear();
        root.Options.Add(json);
    }

    private sealed class Tell(Option<bool> json) : SynchronousCommandLineAction
    {
        public override bool ClearsParseErrors => true;

        public override int Invoke(ParseResult parsed)
        {
            using var reporter = Reporter.Create(parsed.GetValue(json));
            reporter.Succeed([Version], new Dictionary<string, object?>
            {
                ["version"] = Version,
                ["runtime"] = RuntimeInformation.FrameworkDescription,
                ["os"] = RuntimeInformation.OSDescription,
                ["architecture"] = RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant(),
            });
            return 0;
        }
    }
}
