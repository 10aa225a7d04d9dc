using System.CommandLine;
using System.CommandLine.Parsing;
using Url2Video.Farm.Cli.Output;
using Url2Video.Farm.Core.Errors;

namespace Url2Video.Farm.Cli.Commands;

/// <summary>A command line that cannot be understood: the same code, sentence and status as any other bad input.</summary>
internal static class Usage
{
    public static int Refuse(ParseResult parsed)
    {
        var json = parsed.Tokens.Any(t => t.Value == "--json");
        using var reporter = Reporter.Create(json);
        var path = PathOf(parsed.CommandResult);
        var missing = parsed.CommandResult.Command.Arguments.Where(a => a.Arity.MinimumNumberOfValues > 0 && parsed.GetResult(a) is not { Tokens.Count: > 0 }).ToArray();
        var needs = missing.Length == 0 ? [] : new[] { $"`{path}` needs {string.Join(" ", missing.Select(a => $"<{a.Name}>"))}." };
        var messages = parsed.Errors.Select(e => e.Message).Where(m => missing.Length == 0 || !m.StartsWith("Required argument missing", StringComparison.Ordinal));
        reporter.Fail(
            new FarmError(ErrorCodes.InvalidArgument, string.Join(" ", needs.Concat(messages).Distinct()), $"`{path} --help` lists what there is."),
            ExitStatus.BadInput,
            new Dictionary<string, object?>());
        return (int)ExitStatus.BadInput;
    }

    // As it is typed: a verb of the console alone would be looked for in vain.
    private static string PathOf(SymbolResult? result) => result is CommandResult { Command: not RootCommand } command
        ? $"{PathOf(command.Parent)} {command.Command.Name}"
        : "url2video";
}
