using Akka.Actor;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Url2Video.Farm.Api.Hosting;
using Url2Video.Farm.Api.OpenApi;
using Url2Video.Farm.Api.Videos;
using Url2Video.Farm.Cluster.Webhooks;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Errors;
using Url2Video.Farm.Core.Webhooks;

namespace Url2Video.Farm.Api.Webhooks;

/// <summary>What was told to the address that an order named, and the secret that its receiver checks signatures with.</summary>
internal sealed class WebhooksModule : IApiModule
{
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(5);

    public void Map(IEndpointRouteBuilder routes, ApiParts parts)
    {
        var access = new VideoAccess(parts.Films);
        var secrets = new WebhookSecrets(parts.Database, parts.Clock);
        foreach (var tag in new[] { "videos", "projects" })
        {
            routes.MapGet($"/api/v2/{tag}/{{id}}/deliveries", async Task<IResult> (HttpContext context, string id, CancellationToken cancellation) =>
                Answer(await DeliveriesAsync(parts, (await access.ToSeeAsync(context, id, cancellation).ConfigureAwait(false)).Id, cancellation).ConfigureAwait(false)))
                .WithAccess(Access.Key(Scopes.VideosRead)).WithTags(tag).WithSummary("What was told to its callback_url, and how it was answered.")
                .Produces<Deliveries>().Problems(404, 503);
        }

        routes.MapGet("/api/v2/webhooks/secret", async Task<IResult> (HttpContext context, CancellationToken cancellation) =>
            Answer(new WebhookSecret(await secrets.TextOfAsync(context.Caller().Tenant, cancellation).ConfigureAwait(false))))
            .WithAccess(Access.Key(Scopes.VideosWrite)).WithTags("webhooks").WithSummary("The secret that signs calls to your callback_url (Standard Webhooks).")
            .Produces<WebhookSecret>().Problems(503);
    }

    private static async Task<Deliveries> DeliveriesAsync(ApiParts parts, ProjectId project, CancellationToken cancellation)
    {
        if (parts.Farm.Webhooks is not { } webhooks)
        {
            return new([]);
        }

        try
        {
            var reply = await webhooks.Ask<DeliveriesReply>(new GetDeliveries(project), AnswerWithin, cancellation).ConfigureAwait(false);
            return new([.. reply.Deliveries.Select(Delivery.Of)]);
        }
        catch (AskTimeoutException fault)
        {
            throw new FarmException(ErrorCodes.ServerUnreachable, "Nobody answers for this film's deliveries now.", "Ask again in some seconds.", retryable: true, fault);
        }
    }

    private static JsonHttpResult<T> Answer<T>(T value) => TypedResults.Json(value, ApiJson.Options);
}
