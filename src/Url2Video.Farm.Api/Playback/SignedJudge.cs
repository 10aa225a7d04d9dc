using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Url2Video.Farm.Api.Hosting;
using Url2Video.Farm.Api.Keys;
using Url2Video.Farm.Core.Errors;

namespace Url2Video.Farm.Api.Playback;

/// <summary>Lets in who has a genuine address of the film that has not ended, of a key that is still live.</summary>
internal sealed class SignedJudge(SignedLinks links, ApiKeys keys) : IAccessJudge
{
    private static readonly FarmError Forged = new(ErrorCodes.Forbidden, "The address is not one that this farm gave out.", "Ask for the film again: its answer has new addresses.");
    private static readonly FarmError Ended = new(ErrorCodes.LinkExpired, "The address has ended.", "Ask for the film again: its answer has new addresses.");

    public AccessKind Kind => AccessKind.Signed;

    public async ValueTask<FarmError?> JudgeAsync(HttpContext context, Access access)
    {
        string Value(string name) => Convert.ToString(context.GetRouteValue(name), CultureInfo.InvariantCulture) ?? string.Empty;
        return links.Judge(Value("ticket"), Value("project"), out var keyId) switch
        {
            LinkVerdict.Forged => Forged,
            LinkVerdict.Expired => Ended,
            _ => await keys.IsLiveAsync(keyId, context.RequestAborted).ConfigureAwait(false) ? null : Ended,
        };
    }
}
