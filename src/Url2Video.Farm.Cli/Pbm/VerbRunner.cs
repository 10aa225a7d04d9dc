using System.Text.Json;
using Url2Video.Farm.Cli.Output;
using Url2Video.Farm.Cli.Pbm.Verbs;
using Url2Video.Farm.Cli.Pbm.Views;
using Url2Video.Farm.Core.Errors;

namespace Url2Video.Farm.Cli.Pbm;

/// <summary>Carries a verb out: asks, waits for the effect if that is wanted, shows.</summary>
internal sealed class VerbRunner(IFarmAnswers farm, IReporter reporter, TimeProvider clock)
{
    private static readonly TimeSpan LookPeriod = TimeSpan.FromMilliseconds(500);

    /// <param name="wait">How long to wait for the effect; null: not at all.</param>
    /// <exception cref="FarmException">Refused, or ERR_TIMED_OUT when the effect does not come.</exception>
    public async Task<ExitStatus> RunAsync(Verb verb, IReadOnlyDictionary<string, object> inputs, TimeSpan? wait, CancellationToken cancellation)
    {
        if (verb.Line is not null)
        {
            return await FollowAsync(verb, inputs, cancellation).ConfigureAwait(false);
        }

        var answer = await farm.AskAsync(verb.Method, verb.Route, inputs, cancellation).ConfigureAwait(false);
        if (wait is { } patience && verb.Wait is { } waiting && !inputs.ContainsKey("dry_run"))
        {
            reporter.Say($"Waiting until {waiting.What} ...");
            await WaitAsync(waiting, inputs, patience, cancellation).ConfigureAwait(false);
        }

        return verb.View.Show(answer, reporter);
    }

    private async Task<ExitStatus> FollowAsync(Verb verb, IReadOnlyDictionary<string, object> inputs, CancellationToken cancellation)
    {
        try
        {
            await foreach (var item in farm.FollowAsync(verb.Route, inputs, lastId: null, cancellation).ConfigureAwait(false))
            {
                using var data = JsonDocument.Parse(item.Data);
                reporter.Line(Cells.Clean(verb.Line!(item.EventType, data.RootElement)), "event", data.RootElement);
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // Ctrl-C is how a tail ends.
        }

        reporter.Succeed([], new Dictionary<string, object?>());
        return ExitStatus.Success;
    }

    private async Task WaitAsync(VerbWait wait, IReadOnlyDictionary<string, object> inputs, TimeSpan patience, CancellationToken cancellation)
    {
        // Only what fills the address: the rest was the body of the change.
        var place = inputs.Where(i => wait.Route.Contains("{" + i.Key + "}", StringComparison.Ordinal) || wait.Route.Contains("{**" + i.Key + "}", StringComparison.Ordinal)).ToDictionary();
        var began = clock.GetTimestamp();
        while (true)
        {
            var answer = await farm.AskAsync(HttpMethod.Get, wait.Route, place, cancellation).ConfigureAwait(false);
            if (wait.IsDone(answer, inputs))
            {
                return;
            }

            if (wait.Hopeless?.Invoke(answer) is { } error)
            {
                throw new FarmException(error);
            }

            if (clock.GetElapsedTime(began) > patience)
            {
                throw new FarmException(ErrorCodes.TimedOut, $"After {Cells.Span(patience)} it is still not so that {wait.What}.", "The change stands and goes on; look again later, or give a longer --timeout.");
            }

            await Task.Delay(LookPeriod, clock, cancellation).ConfigureAwait(false);
        }
    }
}
