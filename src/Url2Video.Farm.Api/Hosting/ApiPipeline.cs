using System.Data.Common;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;
using Url2Video.Farm.Api.Problems;
using Url2Video.Farm.Core.Errors;

namespace Url2Video.Farm.Api.Hosting;

/// <summary>Around everything: names the request, shapes every failure, writes the access log. No stack trace and no secret leaves it.</summary>
internal sealed partial class ApiPipeline(ILogger log, TimeProvider clock)
{
    /// <summary>Says nothing of where the store is: whoever asks may be anybody.</summary>
    private static readonly FarmError StoreAway = new(ErrorCodes.StoreUnreachable, "The farm's store does not answer at the moment.", "Try again in a few seconds.", Retryable: true);

    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var began = clock.GetTimestamp();
        RequestIds.Assign(context);
        SecurityHeaders.Set(context);
        try
        {
            await next(context).ConfigureAwait(false);
            if (context.Response is { StatusCode: >= 400, HasStarted: false, ContentLength: null, ContentType: null })
            {
                await ProblemAnswer.WriteAsync(context, ProblemStatus.ErrorOf(context.Response.StatusCode), context.Response.StatusCode).ConfigureAwait(false);
            }
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            await ShapeAsync(context, fault).ConfigureAwait(false);
        }
        finally
        {
            Access(context, clock.GetElapsedTime(began));
        }
    }

    private async Task ShapeAsync(HttpContext context, Exception fault)
    {
        if (context.RequestAborted.IsCancellationRequested)
        {
            if (!context.Response.HasStarted) // Whoever followed events and leaves has had the beginning of the answer.
            {
                context.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
            }

            return;
        }

        if (IsOfStore(fault))
        {
            StoreFault(log, RequestIds.Of(context), fault.Message.ReplaceLineEndings(" "));
        }
        else if (fault is not FarmException and not InvalidBodyException and not BadHttpRequestException)
        {
            Unhandled(log, RequestIds.Of(context), fault);
        }

        if (context.Response.HasStarted)
        {
            context.Abort(); // Half an answer must not look like a whole one.
            return;
        }

        var kept = context.Response.Headers.RetryAfter;
        var (error, status, items) = fault switch
        {
            FarmException e => (e.Error, ProblemStatus.Of(e.Error), null),
            InvalidBodyException e => (e.Error, ProblemStatus.Of(e.Error), e.Items),
            BadHttpRequestException e => (ProblemStatus.ErrorOf(e.StatusCode), e.StatusCode, null),
            _ when IsOfStore(fault) => (StoreAway, ProblemStatus.Of(StoreAway), null),
            _ => (ProblemStatus.ErrorOf(500), 500, (System.Collections.Immutable.ImmutableArray<ProblemItem>?)null),
        };
        context.Response.ContentLength = null;
        context.Response.ContentType = null;
        context.Response.Headers.RetryAfter = kept;
        await ProblemAnswer.WriteAsync(context, error, status, items).ConfigureAwait(false);
    }

    // A restart or a failover of the database is nobody's mistake, and passes.
    private static bool IsOfStore(Exception fault) => fault is DbException { IsTransient: true };

    // The route's pattern, not the path: paths hold signatures and ids that people typed.
    private void Access(HttpContext context, TimeSpan took) => Served(
        log,
        context.Request.Method.Length > 16 ? "?" : context.Request.Method,
        (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "-",
        context.Response.StatusCode,
        (long)took.TotalMilliseconds,
        context.Features.Get<Caller>()?.KeyId ?? "-",
        context.Connection.RemoteIpAddress?.ToString() ?? "-",
        RequestIds.Of(context));

    [LoggerMessage(LogLevel.Information, "{Method} {Route} {Status} {Millis} ms key {Key} from {Address} request {Request}")]
    private static partial void Served(ILogger log, string method, string route, int status, long millis, string key, string address, string request);

    [LoggerMessage(LogLevel.Warning, "Request {Request} was not answered, the store is away: {Why}")]
    private static partial void StoreFault(ILogger log, string request, string why);

    [LoggerMessage(LogLevel.Error, "Request {Request} met a fault of ours.")]
    private static partial void Unhandled(ILogger log, string request, Exception fault);
}
