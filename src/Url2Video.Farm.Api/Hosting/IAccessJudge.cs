using Microsoft.AspNetCore.Http;
using Url2Video.Farm.Core.Errors;

namespace Url2Video.Farm.Api.Hosting;

/// <summary>
/// Decides for routes of one <see cref="AccessKind"/>. A module of <see cref="ApiHost"/> that implements this is asked for its kind; a kind
/// without a judge is refused.
/// </summary>
internal interface IAccessJudge
{
    AccessKind Kind { get; }

    /// <summary>Null lets the request in. May leave what it found in <see cref="HttpContext.Features"/>.</summary>
    ValueTask<FarmError?> JudgeAsync(HttpContext context, Access access);
}
