using System.CommandLine;

namespace Url2Video.Farm.Cli.Pbm.Shell;

/// <summary><c>pbm completion bash|zsh|fish</c>: the lines that teach a shell to ask pbm for completions.</summary>
internal static class CompletionCommand
{
    private const string Bash = """
        _pbm_complete() {
          local IFS=$'\n'
          COMPREPLY=($(compgen -W "$(pbm "[suggest:$COMP_POINT]" "$COMP_LINE" 2>/dev/null)" -- "${COMP_WORDS[COMP_CWORD]}"))
        }
        complete -F _pbm_complete pbm
        """;

    private const string Zsh = """
        #compdef pbm
        _pbm() {
          local -a found
          found=("${(@f)$(pbm "[suggest:$CURSOR]" "$BUFFER" 2>/dev/null)}")
          compadd -a found
        }
        compdef _pbm pbm
        """;

    private const string Fish = """
        complete -f -c pbm -a '(set -l line (commandline -cp); pbm "[suggest:"(string length -- $line)"]" "$line" 2>/dev/null)'
        """;

    public static Command Create()
    {
        var shell = new Argument<string>("shell") { Description = "bash, zsh or fish." };
        shell.AcceptOnlyFromAmong("bash", "zsh", "fish");
        var command = new Command("completion", "Prints the lines for your shell's start-up file that complete pbm's verbs and values.");
        command.Arguments.Add(shell);
        command.SetAction(parsed => Console.Out.WriteLine(parsed.GetValue(shell) switch { "bash" => Bash, "zsh" => Zsh, _ => Fish }));
        return command;
    }

    /// <summary>Answers <c>[suggest:N] LINE</c>: what may stand at character N of the line, one a line.</summary>
    /// <returns>False when this is not such a question.</returns>
    public static bool TryAnswer(Func<Command> pbm, IReadOnlyList<string> arguments, TextWriter output)
    {
        if (arguments is not [{ Length: > 10 } directive, var line] || !directive.StartsWith("[suggest:", StringComparison.Ordinal)
            || !int.TryParse(directive.AsSpan(9, directive.Length - 10), out var at))
        {
            return false;
        }

        foreach (var completion in pbm().Parse(line).GetCompletions(Math.Clamp(at, 0, line.Length)))
        {
            output.WriteLine(completion.InsertText ?? completion.Label);
        }

        return true;
    }
}
