using Microsoft.AspNetCore.Http;
using Url2Video.Farm.Api.Hosting;
using Url2Video.Farm.Api.Problems;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Errors;
using Url2Video.Farm.Core.Orders;
using Url2Video.Farm.Core.Projects;

namespace Url2Video.Farm.Api.Videos;

/// <summary>What a client may change of a film under way; what is not named stays as it is. For the API's description.</summary>
/// <param name="Priority">urgent, normal or low.</param>
/// <param name="Weight">Share among projects of the same priority, 1..1000.</param>
public sealed record VideoChange(string? Priority, int? Weight)
{
    /// <exception cref="InvalidBodyException">Each fault with its place.</exception>
    /// <exception cref="FarmException"><c>ERR_MEDIA_TYPE</c>, <c>ERR_TOO_LARGE</c>.</exception>
    internal static async Task<FilmChange> ReadAsync(HttpContext context, CancellationToken cancellation)
    {
        var (change, findings) = FilmChangeReader.Read(await RequestBodies.ReadJsonAsync(context, cancellation).ConfigureAwait(false));
        return change ?? throw InvalidBodyException.Of(findings);
    }

    internal static ProjectMessage CommandFor(FilmChange change, ProjectRequest request) =>
        new ProjectMessage.SetPriority(change.Priority ?? request.Band, change.Weight ?? request.Weight);
}
