using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Url2Video.Farm.Api.Hosting;
using Url2Video.Farm.Api.OpenApi;
using Url2Video.Farm.Core.Errors;

namespace Url2Video.Farm.Api.Keys;

/// <param name="Key">Public id of the key.</param>
/// <param name="Tenant">Empty in a farm of one.</param>
public sealed record Me(string Key, string Tenant, ImmutableArray<string> Scopes);

/// <summary>A key without its secret.</summary>
public sealed record KeyView(
    string Id,
    string Last4,
    string Name,
    string Tenant,
    ImmutableArray<string> Scopes,
    DateTimeOffset CreatedAt,
    DateTimeOffset? ExpiresAt,
    DateTimeOffset? RevokedAt,
    DateTimeOffset? LastUsedAt)
{
    internal static KeyView Of(ApiKey key) => new(
        key.Id, key.Last4, key.Name, key.Tenant, key.Scopes, At(key.MadeMs)!.Value, At(key.ExpiresMs), At(key.RevokedMs), At(key.UsedMs));

    private static DateTimeOffset? At(long? ms) => ms is { } known ? DateTimeOffset.FromUnixTimeMilliseconds(known) : null;
}

public sealed record KeyPage(ImmutableArray<KeyView> Data);

/// <param name="Secret">The whole key; never shown again.</param>
public sealed record CreatedKey(KeyView Key, string Secret);

/// <param name="Tenant">Empty or left out in a farm of one.</param>
/// <param name="ExpiresInDays">1..3650; left out: never.</param>
public sealed record KeyOrder(string Name, ImmutableArray<string> Scopes, string? Tenant = null, int? ExpiresInDays = null);

/// <summary>Who am I, and the keys of the farm.</summary>
internal sealed class KeysModule : IApiModule
{
    private const int DaysMax = 3_650;

    private static readonly TimeSpan RotationOverlap = TimeSpan.FromHours(24);

    // The policy of all bodies: what is not known is an error, not a guess.
    private static readonly JsonSerializerOptions Strict = new(ApiJson.Options)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
    };

    public void Map(IEndpointRouteBuilder routes, ApiParts parts)
    {
        var (keys, admin) = (parts.Keys, Access.Key(Scopes.FarmAdmin));
        routes.MapGet("/api/v2/me", (HttpContext context) =>
        {
            var caller = context.Caller();
            return TypedResults.Json(new Me(caller.KeyId, caller.Tenant, caller.Scopes), ApiJson.Options);
        }).WithAccess(Access.Key(Scopes.VideosRead)).WithTags("keys").WithSummary("The key that asks.").Produces<Me>();

        routes.MapGet("/api/v2/keys", async (CancellationToken cancellation) =>
            TypedResults.Json(new KeyPage([.. (await keys.ListAsync(cancellation).ConfigureAwait(false)).Select(KeyView.Of)]), ApiJson.Options))
            .WithAccess(admin).WithTags("keys").WithSummary("All keys, the newest first; never their secrets.").Produces<KeyPage>();

        routes.MapPost("/api/v2/keys", async Task<IResult> (HttpContext context, CancellationToken cancellation) =>
        {
            var order = Read(await RequestBodies.ReadJsonAsync(context, cancellation).ConfigureAwait(false));
            var expires = order.ExpiresInDays is { } days ? parts.Clock.GetUtcNow().AddDays(days) : (DateTimeOffset?)null;
            return Shown(await keys.CreateAsync(order.Name, order.Tenant ?? string.Empty, order.Scopes, expires, cancellation).ConfigureAwait(false));
        }).WithAccess(admin).WithTags("keys").WithSummary("A new key. Its secret is shown this once.").Accepts<KeyOrder>("application/json").Produces<CreatedKey>(201).Problems(400, 413, 415);

        routes.MapPost("/api/v2/keys/{id}/rotate", async Task<IResult> (string id, CancellationToken cancellation) =>
            Shown(await keys.RotateAsync(id, RotationOverlap, cancellation).ConfigureAwait(false)))
            .WithAccess(admin).WithTags("keys").WithSummary(string.Create(CultureInfo.InvariantCulture, $"A second key with the same rights; the old one ends after {RotationOverlap.TotalHours} hours."))
            .Produces<CreatedKey>(201).Problems(404, 409);

        routes.MapDelete("/api/v2/keys/{id}", async Task<IResult> (string id, CancellationToken cancellation) =>
            await keys.RevokeAsync(id, cancellation).ConfigureAwait(false)
                ? TypedResults.NoContent()
                : throw new FarmException(ErrorCodes.NotFound, "There is no such key."))
            .WithAccess(admin).WithTags("keys").WithSummary("Revoke a key, on every server within two seconds.").Produces(204).Problems(404);
    }

    private static JsonHttpResult<CreatedKey> Shown(NewApiKey made) => TypedResults.Json(new CreatedKey(KeyView.Of(made.Key), made.Text), ApiJson.Options, statusCode: 201);

    private static KeyOrder Read(byte[] body)
    {
        try
        {
            var order = JsonSerializer.Deserialize<KeyOrder>(body, Strict);
            return order is { ExpiresInDays: null or (> 0 and <= DaysMax) } ? order : throw Wrong("the body is empty, or expires_in_days out of range");
        }
        catch (JsonException fault)
        {
            throw Wrong(fault.Path is { Length: > 1 } path ? $"{path} cannot be read" : "the body cannot be read");
        }
    }

    private static FarmException Wrong(string what) =>
        new(ErrorCodes.InvalidArgument, $"The key cannot be made: {what}.", "Send {\"name\":\"…\",\"scopes\":[\"videos:write\"],\"tenant\":\"…\",\"expires_in_days\":90}.");
}
