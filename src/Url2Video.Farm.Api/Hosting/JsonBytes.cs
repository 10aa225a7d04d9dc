using Microsoft.AspNetCore.Http;

namespace Url2Video.Farm.Api.Hosting;

/// <summary>An answer that is JSON already.</summary>
internal sealed record JsonBytes(int Status, byte[] Body) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        (response.StatusCode, response.ContentType, response.ContentLength) = (Status, "application/json; charset=utf-8", Body.Length);
        return response.Body.WriteAsync(Body, httpContext.RequestAborted).AsTask();
    }
}
