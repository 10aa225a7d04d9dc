using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Url2Video.Farm.Core.Errors;

namespace Url2Video.Farm.Api.Hosting;

/// <summary>Between routing and the routes: lets in what a route's <see cref="Access"/> allows, and nothing that has none.</summary>
internal sealed class AccessGate(IEnumerable<IAccessJudge> judges)
{
    private static readonly FarmError Undeclared = new(ErrorCodes.Forbidden, "This route does not say who may call it, so nobody may.");

    private readonly Dictionary<AccessKind, IAccessJudge> _judges = judges.ToDictionary(j => j.Kind);

    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        if (context.GetEndpoint() is not RouteEndpoint endpoint)
        {
            await next(context).ConfigureAwait(false); // Nothing there (404), or routing's own refusal of a method or a media type (405, 415).
            return;
        }

        if (await JudgeAsync(context, endpoint.Metadata.GetMetadata<Access>()).ConfigureAwait(false) is { } refusal)
        {
            throw new FarmException(refusal);
        }

        await next(context).ConfigureAwait(false);
    }

    private async ValueTask<FarmError?> JudgeAsync(HttpContext context, Access? access) => access switch
    {
        null => Undeclared,
        { Kind: AccessKind.Anonymous } => null,
        _ when _judges.TryGetValue(access.Kind, out var judge) => await judge.JudgeAsync(context, access).ConfigureAwait(false),
        _ => Undeclared,
    };
}
