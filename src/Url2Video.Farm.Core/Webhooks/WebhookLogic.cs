using System.Collections.Immutable;

namespace Url2Video.Farm.Core.Webhooks;

/// <summary>All calls of one project, the oldest first.</summary>
public sealed record WebhookState(ImmutableArray<WebhookDelivery> Deliveries)
{
    public static WebhookState Empty { get; } = new([]);
}

/// <summary>
/// When a call is made, and when it is over. Pure. At least once: a call whose answer was not journaled is made again, under the same id.
/// The schedule is that of Standard Webhooks (standardwebhooks.com): ten tries over about three days.
/// </summary>
public static class WebhookLogic
{
    /// <summary>A delay is up to so much longer, so that a receiver that comes back is not met by everybody at once.</summary>
    public const double JitterPart = 0.2;

    /// <summary>Delay before each try, counted from the end of the one before.</summary>
    public static readonly ImmutableArray<TimeSpan> Delays =
    [
        TimeSpan.Zero, TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(2),
        TimeSpan.FromHours(5), TimeSpan.FromHours(10), TimeSpan.FromHours(14), TimeSpan.FromHours(20), TimeSpan.FromHours(24),
    ];

    /// <returns>Null when it is known: whoever wants a call says so until it is heard.</returns>
    public static WebhookEvent? Want(WebhookState state, WebhookCall call, DateTimeOffset now) =>
        state.Deliveries.Any(d => d.Call.Id == call.Id) ? null : new WebhookEvent.Wanted(call, now);

    /// <summary>The call that is to be made first; null when there is none.</summary>
    public static WebhookDelivery? Next(WebhookState state) =>
        state.Deliveries.Where(d => d.NextAt is not null).MinBy(d => d.NextAt);

    /// <param name="jitter">0 (inclusive) to 1 (exclusive), by chance.</param>
    /// <returns>Null when nobody waits for this answer.</returns>
    public static WebhookEvent? Answered(WebhookState state, string id, WebhookAnswer answer, DateTimeOffset now, double jitter)
    {
        if (state.Deliveries.FirstOrDefault(d => d.Call.Id == id) is not { Standing: WebhookStanding.Pending } delivery)
        {
            return null;
        }

        var tries = delivery.Tries.Length + 1;
        var standing = answer.Status switch
        {
            >= 200 and <= 299 => WebhookStanding.Delivered,
            410 => WebhookStanding.Gone,
            _ => tries < Delays.Length ? WebhookStanding.Pending : WebhookStanding.GivenUp, // 3xx too: an address that moved was not told.
        };
        DateTimeOffset? next = standing == WebhookStanding.Pending ? now + (Delays[tries] * (1 + (JitterPart * jitter))) : null;
        return new WebhookEvent.Tried(id, new WebhookTry(now, answer), standing, next);
    }

    public static WebhookState Apply(WebhookState state, WebhookEvent fact)
    {
        switch (fact)
        {
            case WebhookEvent.Wanted e:
                var added = state.Deliveries.Add(new WebhookDelivery(e.Call, [], WebhookStanding.Pending, e.At));
                return new(added.Length > Limits.WebhookCallsPerProjectMax ? added.RemoveAt(0) : added);
            case WebhookEvent.Tried e when state.Deliveries.FirstOrDefault(d => d.Call.Id == e.Id) is { } old:
                return new(state.Deliveries.Replace(old, old with { Tries = old.Tries.Add(e.Try), Standing = e.Standing, NextAt = e.NextAt }));
            default:
                return state; // Of a call that was pushed out.
        }
    }
}
