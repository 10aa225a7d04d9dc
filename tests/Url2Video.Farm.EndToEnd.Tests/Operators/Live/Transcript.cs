using System.CommandLine.Parsing;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.RegularExpressions;
using Url2Video.Farm.Cli.Local;
using Url2Video.Farm.EndToEnd.Tests.Support;

namespace Url2Video.Farm.EndToEnd.Tests.Operators.Live;

/// <summary>Runs commands as an operator at a keyboard does, and keeps what was typed and told.</summary>
/// <param name="folder">Home of this operator: the profile, the films to order, what is fetched.</param>
internal sealed partial class Transcript(string folder)
{
    private const int CharsALineMax = 200;
    private static readonly TimeSpan BetweenTries = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(60);
    private readonly StringBuilder _text = new();

    private readonly Dictionary<string, string> _environment = new() { ["XDG_CONFIG_HOME"] = folder, ["URL2VIDEO_DATA"] = Path.Combine(folder, "data") };

    /// <summary>Beside this file; written by a run with <c>U2V_WRITE_TRANSCRIPT=1</c>.</summary>
    public static string CheckedIn([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "..", "pbm-transcript.md");

    public void Chapter(string title) => _text.Append(CultureInfo.InvariantCulture, $"\n## {title}\n");

    /// <summary>Once for people and once for programs, and both tell the same.</summary>
    public async Task<Answer> AskAsync(string line)
    {
        var (plain, json) = (RunAsync(line, null, null), RunAsync(line + " --json", null, null));
        var answer = new Answer(line, await plain, await json);
        answer.AssertSame();
        Note(line, answer.Plain);
        Note(line + " --json", answer.Json);
        return answer;
    }

    /// <summary>Asks again and again until the answer fits; only that one is kept.</summary>
    public async Task<Answer> UntilAsync(string line, Func<CliResult, bool> fits, CancellationToken cancellation)
    {
        await UntilFitsAsync(line, fits, cancellation);
        return await AskAsync(line);
    }

    /// <summary>The same for people alone: what moves is not the same a moment later.</summary>
    public async Task<CliResult> LookAsync(string line, Func<CliResult, bool> fits, CancellationToken cancellation)
    {
        var result = await UntilFitsAsync(line, fits, cancellation);
        Note(line, result);
        return result;
    }

    /// <summary>A command with an effect: once.</summary>
    public async Task<CliResult> DoAsync(string line, string? input = null)
    {
        var result = await RunAsync(line, null, input);
        Note(line, result, input);
        return result;
    }

    /// <summary>Follows until a line has the word, then asks it to end.</summary>
    public async Task<CliResult> FollowAsync(string line, string word)
    {
        var result = await RunAsync(line, word, null);
        Note(line, result);
        return result;
    }

    public async Task WriteAsync(string path)
    {
        const string Head = """
            # pbm and the client verbs, verb by verb

            A farm of two servers and two nodes on PostgreSQL, and everything an operator can ask of it: typed by `LiveFarmTests`, each verb once for people and once
            for programs (lines are cut at 200 characters here). Written by that test with `U2V_WRITE_TRANSCRIPT=1`.

            """;
        await File.WriteAllTextAsync(path, Head + _text);
    }

    private async Task<CliResult> UntilFitsAsync(string line, Func<CliResult, bool> fits, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Bound);
        var last = await RunAsync(line, null, null);
        while (!fits(last))
        {
            Assert.False(limit.IsCancellationRequested, $"{line} still says:\n{last.Out}{last.Error}");
            await Task.Delay(BetweenTries, cancellation);
            last = await RunAsync(line, null, null);
        }

        return last;
    }

    private Task<CliResult> RunAsync(string line, string? untilWord, string? input)
    {
        var isPressed = untilWord is null; // A second one would end it at once. SIGTERM is to it what Ctrl-C is, and heard where that is ignored: in the background.
        return Url2VideoProgram.RunAsync(
            [.. CommandLineParser.SplitCommandLine(line)],
            _environment,
            (process, told) => isPressed = isPressed || (told.Contains(untilWord!, StringComparison.Ordinal) && Signals.Send(process.Id, Signals.Terminate)),
            input: input);
    }

    private void Note(string line, CliResult result, string? input = null)
    {
        lock (_text)
        {
            _text.Append(CultureInfo.InvariantCulture, $"\n```console\n$ {Tidy(line)}\n");
            var typed = input is null ? "" : "< " + input.TrimEnd('\n').Replace("\n", "\n< ", StringComparison.Ordinal);
            foreach (var told in new[] { typed, result.Out.TrimEnd(), result.Error.TrimEnd() }.Where(t => t.Length > 0).SelectMany(t => t.Split('\n')))
            {
                var tidy = Tidy(told);
                _text.Append(tidy.Length > CharsALineMax ? string.Concat(tidy.AsSpan(0, CharsALineMax), "…") : tidy).Append('\n');
            }

            _text.Append(CultureInfo.InvariantCulture, $"[exit {result.Exit}]\n```\n");
        }
    }

    // No secret, not even of a farm that is gone, and no path of the machine.
    private string Tidy(string text) => Secret().Replace(text.Replace(folder, ".", StringComparison.Ordinal).Replace(Path.GetDirectoryName(folder)!, "..", StringComparison.Ordinal), "$1...");

    [GeneratedRegex(@"(u2v[a-z]*_|--key |/play/)[A-Za-z0-9_\-.]+")]
    private static partial Regex Secret();
}
