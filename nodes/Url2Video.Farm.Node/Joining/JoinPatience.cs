using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Errors;

namespace Url2Video.Farm.Node.Joining;

/// <summary>
/// A node is often started before its farm: what no server answers is tried again, with growing pauses and a word each time. What a server refuses
/// stays refused.
/// </summary>
/// <param name="isOnce">Give up at the first silence: whoever started the node tries again.</param>
/// <param name="say">Told why it waits, in one line.</param>
internal sealed class JoinPatience(bool isOnce, Action<string> say, TimeProvider clock)
{
    /// <exception cref="FarmException">What will not pass by itself, or anything when it is tried once.</exception>
    public async Task RunAsync(Func<Task> join, CancellationToken cancellation)
    {
        for (var failures = 1; ; failures++)
        {
            try
            {
                await join().ConfigureAwait(false);
                return;
            }
            catch (FarmException fault) when (!isOnce && MayPass(fault.Error))
            {
                var pause = PauseAfter(failures);
                say(FormattableString.Invariant($"{fault.Error.Message} The next try is in {pause.TotalSeconds:0.#} s."));
                await Task.Delay(pause, clock, cancellation).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Doubles up to a bound: a farm that starts takes seconds, one that is down a night.</summary>
    public static TimeSpan PauseAfter(int failures) => TimeSpan.FromMilliseconds(
        Math.Min(Limits.LinkBackoffMillisMax, Limits.LinkBackoffMillis * 5L << Math.Clamp(failures - 1, 0, 16)));

    private static bool MayPass(FarmError error) => error.Retryable
        && error.Code is ErrorCodes.ServerUnreachable or ErrorCodes.RateLimited or ErrorCodes.StoreUnreachable or ErrorCodes.FarmBusy or ErrorCodes.Internal;
}
