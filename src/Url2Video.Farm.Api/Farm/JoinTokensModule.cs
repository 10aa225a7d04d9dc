using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Url2Video.Farm.Api.Hosting;
using Url2Video.Farm.Cluster.Security;
using Url2Video.Farm.Core.Errors;

namespace Url2Video.Farm.Api.Farm;

/// <param name="State">good, used, expired or revoked.</param>
internal sealed record JoinTokenRow(string Id, string Name, string State, int UsesLeft, DateTimeOffset MadeAt, DateTimeOffset ExpiresAt);

/// <param name="Token">Told this once; the farm keeps only a hash.</param>
internal sealed record JoinTokenMade(string Id, string Token, DateTimeOffset ExpiresAt, int Uses);

/// <param name="Hours">How long it is good.</param>
internal sealed record JoinTokenOrder(string? Name = null, int Uses = 1, int Hours = 24, string? Reason = null);

/// <summary>What lets new nodes in.</summary>
internal sealed class JoinTokensModule : IApiModule, IAsyncDisposable
{
    private Lazy<Task<(FarmAuthority Authority, JoinTokens Tokens)>>? _tokens;

    public void Map(IEndpointRouteBuilder routes, ApiParts parts)
    {
        var (changes, self, admin) = (new Changes(parts), ClusterFacts.SelfOf(parts.Farm.System), Access.Key(Scopes.FarmAdmin));
        var tokens = _tokens = new(() => LoadAsync(parts));
        routes.MapGet(FarmRoutes.JoinTokens, async (CancellationToken cancellation) =>
        {
            var found = await (await tokens.Value.ConfigureAwait(false)).Tokens.ListAsync(cancellation).ConfigureAwait(false);
            return Answers.Of(new FarmList<JoinTokenRow>([.. found.Select(t => Row(t, parts.Clock.GetUtcNow()))], self));
        }).WithAccess(admin);
        routes.MapPost(FarmRoutes.JoinTokens, async (JoinTokenOrder? order, HttpContext http, CancellationToken cancellation) =>
        {
            order ??= new JoinTokenOrder();
            var made = await (await tokens.Value.ConfigureAwait(false)).Tokens
                .CreateAsync(order.Name ?? "", order.Uses, TimeSpan.FromHours(order.Hours), cancellation).ConfigureAwait(false);
            changes.Record(http, $"node token {made.Id} for {order.Uses} nodes", order.Reason);
            http.Response.Headers.CacheControl = "no-store";
            return Answers.Of(new JoinTokenMade(made.Id, made.Text, made.ExpiresAt, order.Uses));
        }).WithAccess(admin);
        routes.MapDelete(FarmRoutes.JoinToken, async (string token, HttpContext http, CancellationToken cancellation) =>
        {
            if (!await (await tokens.Value.ConfigureAwait(false)).Tokens.RevokeAsync(token, cancellation).ConfigureAwait(false))
            {
                throw new FarmException(ErrorCodes.NotFound, "There is no such token, or it was revoked before.", "`pbm node tokens` lists them.");
            }

            changes.Record(http, $"node token-revoke {token}", null);
            return Answers.Of(new FarmEffect(false, [$"No node joins with {token} any more; those that did stay."], self));
        }).WithAccess(admin);
    }

    public async ValueTask DisposeAsync()
    {
        if (_tokens is { IsValueCreated: true } made && await made.Value.ConfigureAwait(false) is var (authority, _))
        {
            authority.Dispose();
        }
    }

    private static async Task<(FarmAuthority Authority, JoinTokens Tokens)> LoadAsync(ApiParts parts)
    {
        var authority = await FarmAuthority.LoadOrCreateAsync(parts.Database, parts.Clock, CancellationToken.None).ConfigureAwait(false);
        return (authority, await JoinTokens.LoadAsync(parts.Database, authority, parts.Clock).ConfigureAwait(false));
    }

    private static JoinTokenRow Row(JoinTokenInfo token, DateTimeOffset now) => new(
        token.Id,
        token.Name,
        token.IsRevoked ? "revoked" : token.ExpiresAt <= now ? "expired" : token.UsesLeft == 0 ? "used" : "good",
        token.UsesLeft,
        token.MadeAt,
        token.ExpiresAt);
}
