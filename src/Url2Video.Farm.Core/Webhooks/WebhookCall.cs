using System.Collections.Immutable;

namespace Url2Video.Farm.Core.Webhooks;

/// <summary>One thing to be told to one address; journaled, so that every try sends the same bytes under the same id.</summary>
/// <param name="Id">Goes as <c>webhook-id</c>: whoever hears it twice knows by it. Without a dot, because a dot separates it in what is signed.</param>
/// <param name="Tenant">Whose secret signs it.</param>
/// <param name="Type">A word such as <c>video.completed</c>.</param>
/// <param name="Body">JSON.</param>
public sealed record WebhookCall(string Id, string Url, string Tenant, string Type, string Body);

/// <summary>How one try ended.</summary>
/// <param name="Status">Of the answer; null when there was none.</param>
/// <param name="Error">Why there was none; an error code and a sentence.</param>
/// <param name="Millis">How long it took.</param>
public sealed record WebhookAnswer(int? Status, string? Error, long Millis);

/// <summary>One try as it is remembered.</summary>
public sealed record WebhookTry(DateTimeOffset At, WebhookAnswer Answer);

/// <summary>Where a call stands. Numbers are stored: frozen.</summary>
public enum WebhookStanding
{
    /// <summary>It is tried, now or later.</summary>
    Pending = 0,

    /// <summary>Answered with 2xx.</summary>
    Delivered = 1,

    /// <summary>Answered with 410: nobody wants it there any more.</summary>
    Gone = 2,

    /// <summary>The last try of the schedule failed.</summary>
    GivenUp = 3,
}

/// <param name="NextAt">When it is tried next; null when it is not.</param>
public sealed record WebhookDelivery(WebhookCall Call, ImmutableArray<WebhookTry> Tries, WebhookStanding Standing, DateTimeOffset? NextAt);

/// <summary>What happened to the calls of one project, in their journal.</summary>
public abstract record WebhookEvent
{
    private WebhookEvent() { }

    public sealed record Wanted(WebhookCall Call, DateTimeOffset At) : WebhookEvent;

    /// <param name="NextAt">Null when this was the last try.</param>
    public sealed record Tried(string Id, WebhookTry Try, WebhookStanding Standing, DateTimeOffset? NextAt) : WebhookEvent;
}
