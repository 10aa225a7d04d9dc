using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Url2Video.Farm.Api.Problems;

namespace Url2Video.Farm.Api.OpenApi;

/// <summary>How routes say what they answer.</summary>
internal static class Describing
{
    /// <summary>The problems of a route, beside those that its access brings (<see cref="AccessTransformer"/>).</summary>
    public static RouteHandlerBuilder Problems(this RouteHandlerBuilder route, params int[] statuses)
    {
        foreach (var status in statuses)
        {
            route.Produces<Problem>(status, ProblemAnswer.ContentType);
        }

        return route;
    }
}
