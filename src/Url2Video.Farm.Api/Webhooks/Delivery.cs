using Url2Video.Farm.Core.Webhooks;

namespace Url2Video.Farm.Api.Webhooks;

/// <param name="Data">The oldest first.</param>
public sealed record Deliveries(IReadOnlyList<Delivery> Data);

/// <summary>One call to a film's callback_url.</summary>
/// <param name="Id">The call's webhook-id, the same in every try.</param>
/// <param name="Status">pending, delivered, gone (answered with 410) or given_up.</param>
/// <param name="NextTryAt">Null when it is over.</param>
public sealed record Delivery(string Id, string Type, string Url, string Status, DateTimeOffset? NextTryAt, IReadOnlyList<DeliveryTry> Tries)
{
    internal static Delivery Of(WebhookDelivery delivery) => new(
        delivery.Call.Id,
        delivery.Call.Type,
        delivery.Call.Url,
        delivery.Standing switch
        {
            WebhookStanding.Delivered => "delivered",
            WebhookStanding.Gone => "gone",
            WebhookStanding.GivenUp => "given_up",
            _ => "pending",
        },
        delivery.NextAt,
        [.. delivery.Tries.Select(t => new DeliveryTry(t.At, t.Answer.Status, t.Answer.Error, t.Answer.Millis))]);
}

/// <param name="At">When it was over.</param>
/// <param name="Answer">HTTP status; null when there was no answer.</param>
/// <param name="Error">Why there was none.</param>
public sealed record DeliveryTry(DateTimeOffset At, int? Answer, string? Error, long Millis);

/// <param name="Secret">whsec_ and base64. Whoever has it can forge calls.</param>
public sealed record WebhookSecret(string Secret);
