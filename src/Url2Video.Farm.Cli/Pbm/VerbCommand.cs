using System.CommandLine;
using System.CommandLine.Completions;
using Url2Video.Farm.Cli.Commands;
using Url2Video.Farm.Cli.Output;
using Url2Video.Farm.Cli.Pbm.Verbs;

namespace Url2Video.Farm.Cli.Pbm;

/// <summary>A verb on the command line: its arguments and options, read and handed to the runner.</summary>
internal sealed class VerbCommand(Verb verb, PbmOptions options)
{
    private const int WaitSecondsDefault = 120;
    private const int WaitSecondsMax = 86_400;

    private readonly List<(VerbInput Input, Func<ParseResult, object?> Read)> _inputs = [];
    private readonly Option<bool> _dryRun = new("--dry-run") { Description = "Judge and tell, change nothing." };
    private readonly Option<string?> _reason = new("--reason") { Description = "Why; kept in the farm's log." };
    private readonly Option<bool> _wait = new("--wait") { Description = "Return when the effect is visible." };
    private readonly Option<int> _timeout = new("--timeout") { Description = $"Seconds to wait. Default: {WaitSecondsDefault}.", DefaultValueFactory = _ => WaitSecondsDefault };

    public Command Create()
    {
        var command = new Command(verb.Name, verb.Help);
        foreach (var input in verb.Arguments)
        {
            AddArgument(command, input);
        }

        foreach (var input in verb.Options)
        {
            AddOption(command, input);
        }

        if (verb.HasDryRun)
        {
            command.Options.Add(_dryRun);
        }

        if (verb.HasReason)
        {
            command.Options.Add(_reason);
        }

        if (verb.Wait is not null)
        {
            command.Options.Add(_wait);
            command.Options.Add(_timeout);
        }

        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        using var reporter = Reporter.Create(options.IsJson(parsed));
        return (int)await Failing.GuardAsync(reporter, async () =>
        {
            using var interrupt = new Interrupt();
            using var farm = options.Answers(parsed);
            TimeSpan? wait = verb.Wait is not null && parsed.GetValue(_wait) ? TimeSpan.FromSeconds(Math.Clamp(parsed.GetValue(_timeout), 1, WaitSecondsMax)) : null;
            return await new VerbRunner(farm, reporter, TimeProvider.System).RunAsync(verb, Inputs(parsed), wait, interrupt.Token).ConfigureAwait(false);
        }).ConfigureAwait(false);
    }

    private Dictionary<string, object> Inputs(ParseResult parsed)
    {
        var inputs = new Dictionary<string, object>(StringComparer.Ordinal);
        foreach (var (input, read) in _inputs)
        {
            if (read(parsed) is { } value and not false)
            {
                inputs.Add(input.Name, value);
            }
        }

        if (verb.Fixed is var (name, said))
        {
            inputs.Add(name, said);
        }

        if (verb.HasDryRun && parsed.GetValue(_dryRun))
        {
            inputs.Add("dry_run", true);
        }

        if (verb.HasReason && parsed.GetValue(_reason) is { } reason)
        {
            inputs.Add("reason", reason);
        }

        return inputs;
    }

    private void AddArgument(Command command, VerbInput input)
    {
        var arity = input.IsRequired ? ArgumentArity.ExactlyOne : ArgumentArity.ZeroOrOne;
        if (input.Kind == InputKind.Whole)
        {
            var number = new Argument<int?>(input.Name) { Description = input.Help, Arity = arity };
            command.Arguments.Add(number);
            _inputs.Add((input, parsed => parsed.GetValue(number)));
            return;
        }

        var text = new Argument<string?>(input.Name) { Description = input.Help, Arity = arity };
        if (input.Choices.Length > 0)
        {
            text.AcceptOnlyFromAmong([.. input.Choices]);
        }

        if (input.Known is { } known)
        {
            text.CompletionSources.Add(context => Known.Values(options, context.ParseResult, known.Route, known.Property).Select(v => new CompletionItem(v)));
        }

        command.Arguments.Add(text);
        _inputs.Add((input, parsed => input.Kind == InputKind.Words ? Split(parsed.GetValue(text)) : parsed.GetValue(text)));
    }

    private void AddOption(Command command, VerbInput input)
    {
        switch (input.Kind)
        {
            case InputKind.Whole:
                var number = new Option<int?>(input.OptionName) { Description = input.Help, Required = input.IsRequired };
                command.Options.Add(number);
                _inputs.Add((input, parsed => parsed.GetValue(number)));
                break;
            case InputKind.Flag:
                var flag = new Option<bool>(input.OptionName) { Description = input.Help };
                command.Options.Add(flag);
                _inputs.Add((input, parsed => parsed.GetValue(flag)));
                break;
            default:
                var text = new Option<string?>(input.OptionName) { Description = input.Help, Required = input.IsRequired };
                if (input.Choices.Length > 0)
                {
                    text.AcceptOnlyFromAmong([.. input.Choices]);
                }

                command.Options.Add(text);
                _inputs.Add((input, parsed => input.Kind == InputKind.Words ? Split(parsed.GetValue(text)) : parsed.GetValue(text)));
                break;
        }
    }

    private static string[]? Split(string? list) => list?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
