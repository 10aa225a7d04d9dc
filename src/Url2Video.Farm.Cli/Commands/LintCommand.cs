using System.CommandLine;
using System.Text.Json;
using Url2Video.Farm.Cli.Lint;
using Url2Video.Farm.Cli.Options;
using Url2Video.Farm.Cli.Output;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Errors;
using Url2Video.Farm.Core.Packaging.Rules;
using Url2Video.Farm.Core.Quality;

namespace Url2Video.Farm.Cli.Commands;

/// <summary><c>url2video lint</c>: holds an HLS or DASH package, whoever made it, against the rules.</summary>
internal static class LintCommand
{
    public static Command Create()
    {
        var package = new Argument<string?>("package") { Description = "Folder of a package, or its .m3u8 or .mpd.", Arity = ArgumentArity.ZeroOrOne };
        var rules = new Option<bool>("--rules") { Description = "List every rule, where it comes from, and whether it is checked." };
        var decode = new Option<bool>("--decode") { Description = "Decode all pictures too, each track in a confined process: every one must come out, without a complaint." };
        var common = new CommonOptions();
        var command = new Command("lint", "Checks an HLS or DASH package on disk against the rules of HLS, DASH and CMAF. Exit status 0 clean, 1 with errors or warnings, 2 when it cannot be checked.");
        command.Arguments.Add(package);
        command.Options.Add(rules);
        command.Options.Add(decode);
        command.Options.Add(common.Json);
        command.SetAction(async (parsed, _) =>
        {
            using var reporter = Reporter.Create(parsed.GetValue(common.Json));
            return (int)await Failing.GuardAsync(reporter, () => parsed.GetValue(rules) ? Task.FromResult(ListRules(reporter)) : RunAsync(parsed.GetValue(package), parsed.GetValue(decode), reporter)).ConfigureAwait(false);
        });
        return command;
    }

    private static async Task<ExitStatus> RunAsync(string? package, bool decodes, IReporter reporter)
    {
        var target = Locate(package);
        using var interrupt = new Interrupt();
        var (found, root) = await Task.Run(() => Judge(target, interrupt.Token)).ConfigureAwait(false);
        found = decodes ? await new TrackDecoder(root, TimeSpan.FromSeconds(Limits.LintDecodeSecondsMax)).JudgeAsync(found, interrupt.Token).ConfigureAwait(false) : found;
        foreach (var finding in found.Findings)
        {
            var line = $"{Word(finding.Law.Severity),-7} {finding.Law.Id} {finding.Path}: {finding.What} (expected: {finding.Expected})";
            reporter.Line(line, "finding", JsonSerializer.SerializeToElement(Fields(finding)));
        }

        if (found.LeftOut > 0)
        {
            reporter.Say($"{found.LeftOut} more findings of the same rules are counted and not listed.");
        }

        return Tell(package!, found, reporter);
    }

    private static ExitStatus Tell(string package, LintReport found, IReporter reporter)
    {
        var (errors, warnings, notes) = (found.Count(Severity.Error), found.Count(Severity.Warning), found.Count(Severity.Info));
        var counts = $"{errors} errors, {warnings} warnings, {notes} notes";
        var fields = new Dictionary<string, object?>
        {
            ["package"] = package, ["errors"] = errors, ["warnings"] = warnings, ["notes"] = notes,
            ["left_out"] = found.LeftOut, ["rules"] = found.Rules.ToDictionary(r => r.Rule.Id, r => r.Count),
        };
        if (found.IsClean)
        {
            reporter.Succeed([$"{package}: {counts}"], fields);
            return ExitStatus.Success;
        }

        var status = ErrorCodes.Describe(ErrorCodes.PackageRules).Exit;
        reporter.Fail(new FarmError(ErrorCodes.PackageRules, $"{package}: {counts}.", "`url2video lint --rules` says where each rule comes from."), status, fields);
        return status;
    }

    // A manifest may name what lies beside its own folder, as ours do: then one folder up is looked at too. When that is no package, but
    // somebody's home with all that lies in it, what was found below still stands.
    private static (LintReport Found, string Root) Judge((string Root, string? Only) target, CancellationToken cancellation)
    {
        var found = PackageRules.Lint(PackageFolder.Open(target.Root, cancellation), target.Only);
        if (target.Only is not { } only || Directory.GetParent(target.Root) is not { } above || found.Rules.All(r => r.Rule != LintRules.Escape))
        {
            return (found, target.Root);
        }

        try
        {
            return (PackageRules.Lint(PackageFolder.Open(above.FullName, cancellation), $"{Path.GetFileName(target.Root)}/{only}"), above.FullName);
        }
        catch (FarmException)
        {
            return (found, target.Root);
        }
    }

    private static (string Root, string? Only) Locate(string? package)
    {
        if (string.IsNullOrEmpty(package))
        {
            throw new FarmException(ErrorCodes.InvalidArgument, "`url2video lint` needs a package.", "Name a folder, an .m3u8 or an .mpd; or ask for --rules.");
        }

        if (package.Contains('\0', StringComparison.Ordinal))
        {
            throw new FarmException(ErrorCodes.InvalidArgument, "The name of the package has a character that no file has.", "Name a folder, an .m3u8 or an .mpd.");
        }

        if (package.Contains("://", StringComparison.Ordinal))
        {
            throw new FarmException(ErrorCodes.InvalidArgument, $"{package} is a URL; only packages on disk are checked.", "Download the package with its folders, and name the folder.");
        }

        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(package));
        if (Directory.Exists(full))
        {
            return (full, null);
        }

        if (!File.Exists(full))
        {
            throw new FarmException(ErrorCodes.SourceNotFound, $"There is no {package}.", "Name a folder, an .m3u8 or an .mpd.");
        }

        return PackageRules.IsManifest(full)
            ? (Path.GetDirectoryName(full)!, Path.GetFileName(full))
            : throw new FarmException(ErrorCodes.Format, $"{package} is neither an .m3u8 nor an .mpd.", "Name the folder of the package, or its manifest.");
    }

    private static ExitStatus ListRules(IReporter reporter)
    {
        var lines = LintRules.All.Select(r => $"{r.Id,-16} {Word(r.Severity),-7} {(r.IsChecked ? r.OnlyWith ?? "checked" : "not yet"),-8} {r.Title} ({r.Source})");
        reporter.Succeed([.. lines], new Dictionary<string, object?>
        {
            ["rules"] = LintRules.All.Select(r => new Dictionary<string, object?>
            {
                ["id"] = r.Id, ["number"] = r.Number, ["severity"] = Word(r.Severity), ["source"] = r.Source, ["title"] = r.Title, ["checked"] = r.IsChecked, ["only_with"] = r.OnlyWith,
            }).ToArray(),
        });
        return ExitStatus.Success;
    }

    private static Dictionary<string, string> Fields(RuleViolation finding) => new()
    {
        ["rule"] = finding.Law.Id,
        ["severity"] = Word(finding.Law.Severity),
        ["file"] = finding.Path,
        ["found"] = finding.What,
        ["expected"] = finding.Expected,
    };

    private static string Word(Severity severity) => severity switch
    {
        Severity.Error => "error",
        Severity.Warning => "warning",
        _ => "note",
    };
}
