using System.CommandLine;
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
        var messages = string.Join(" ", parsed.Errors.Select(e => e.Message).Distinct());
        var verb = parsed.CommandResult.Command is RootCommand ? "" : parsed.CommandResult.Command.Name + " ";
        reporter.Fail(
            new FarmError(ErrorCodes.InvalidArgument, messages, $"`url2video {verb}--help` lists what there is."),
            ExitStatus.BadInput,
            new Dictionary<string, object?>());
        return (int)ExitStatus.BadInput;
    }
}
