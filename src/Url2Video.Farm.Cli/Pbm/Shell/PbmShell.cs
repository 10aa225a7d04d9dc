using System.CommandLine;
using System.CommandLine.Parsing;
using Url2Video.Farm.Cli.Client;
using Url2Video.Farm.Cli.Commands;
using Url2Video.Farm.Core.Errors;

namespace Url2Video.Farm.Cli.Pbm.Shell;

/// <summary>
/// <c>pbm</c> without a verb: asks for verbs until it is told to stop. At a terminal with history and completion; from a pipe a line is a verb, and the
/// exit status is that of the last one that failed.
/// </summary>
internal static class PbmShell
{
    private const int HistoryMax = 500;
    private const string Prompt = "pbm> ";

    public static async Task<int> RunAsync(Command pbm, ParseResult parsed, PbmOptions options, CancellationToken cancellation)
    {
        var given = Given(parsed);
        var isTerminal = !Console.IsInputRedirected && !Console.IsOutputRedirected;
        if (isTerminal)
        {
            Console.WriteLine($"{Where(parsed, options)}. Tab completes, `help` lists the verbs, `exit` leaves.");
        }

        var (history, status) = (new List<string>(), 0);
        while (Read(isTerminal, history, (line, at) => Completions(pbm, given, line, at)) is { } line)
        {
            var words = CommandLineParser.SplitCommandLine(line).ToArray();
            if (words is ["exit" or "quit"])
            {
                break;
            }

            if (words.Length == 0 || words[0].StartsWith('#'))
            {
                continue;
            }

            var one = await OneAsync(pbm, words is ["help"] ? ["--help"] : [.. words, .. given], cancellation).ConfigureAwait(false);
            status = one != 0 ? one : status;
        }

        return isTerminal ? 0 : status;
    }

    internal static IReadOnlyList<string> Completions(Command pbm, IReadOnlyList<string> given, string line, int at)
    {
        // What the session was started with belongs to every line, for values that the farm is asked for.
        var prefix = string.Concat(given.Select(g => $"\"{g}\" "));
        return [.. pbm.Parse($"pbm {prefix}{line}").GetCompletions(4 + prefix.Length + at).Select(c => c.InsertText ?? c.Label)];
    }

    private static async Task<int> OneAsync(Command pbm, string[] words, CancellationToken cancellation)
    {
        var parsed = pbm.Parse(words);
        if (parsed.Errors.Count > 0)
        {
            return Usage.Refuse(parsed);
        }

        return parsed.CommandResult.Command == pbm && !words.Contains("--help") ? 0
            : await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null, EnableDefaultExceptionHandler = false }, cancellation).ConfigureAwait(false);
    }

    // The words that were given to pbm itself: they hold for every line of the session.
    private static string[] Given(ParseResult parsed) => [.. parsed.Tokens.Select(t => t.Value).SkipWhile(v => v == "pbm")];

    private static string Where(ParseResult parsed, PbmOptions options)
    {
        try
        {
            return !options.IsDataGiven(parsed) && options.Server(parsed) is { } server ? $"Farm {server.Url}" : $"Data folder {options.DataDir(parsed)}, reading only";
        }
        catch (FarmException e)
        {
            return e.Error.Message;
        }
    }

    private static string? Read(bool isTerminal, List<string> history, Func<string, int, IReadOnlyList<string>> complete)
    {
        var line = isTerminal ? Terminal.ReadLine(Prompt, new LineEditor(history, complete)) : Console.In.ReadLine();
        if (isTerminal && !string.IsNullOrWhiteSpace(line) && (history.Count == 0 || history[^1] != line))
        {
            history.Add(line);
            if (history.Count > HistoryMax)
            {
                history.RemoveAt(0);
            }
        }

        return line;
    }
}
