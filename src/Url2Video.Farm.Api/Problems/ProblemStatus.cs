using Url2Video.Farm.Core.Errors;

namespace Url2Video.Farm.Api.Problems;

/// <summary>HTTP statuses and error codes, one way and the other.</summary>
internal static class ProblemStatus
{
    public static int Of(FarmError error) => error.Code switch
    {
        ErrorCodes.Unauthorized or ErrorCodes.JoinRefused or ErrorCodes.NodeRevoked => 401,
        ErrorCodes.Forbidden or ErrorCodes.LinkExpired => 403,
        ErrorCodes.NotFound or ErrorCodes.ProjectNotFound or ErrorCodes.NodeNotFound or ErrorCodes.JobNotFound or ErrorCodes.ArtifactMissing => 404,
        ErrorCodes.MethodNotAllowed => 405,
        ErrorCodes.Conflict or ErrorCodes.ProjectState => 409,
        ErrorCodes.TooLarge or ErrorCodes.ImageTooLarge => 413,
        ErrorCodes.MediaType => 415,
        ErrorCodes.IdempotencyReused => 422,
        ErrorCodes.RateLimited => 429,
        ErrorCodes.FarmBusy or ErrorCodes.StoreUnreachable or ErrorCodes.ServerUnreachable => 503,
        ErrorCodes.TimedOut => 504,
        ErrorCodes.DiskFull => 507,
        ErrorCodes.Internal when error.Retryable => 503,
        _ => ErrorCodes.Describe(error.Code).Exit == ExitStatus.BadInput ? 400 : 500,
    };

    /// <summary>For an answer that only has a status: from the server itself, or from a route that said no more.</summary>
    public static FarmError ErrorOf(int status) => status switch
    {
        401 => new(ErrorCodes.Unauthorized, "A key is needed.", "Send it in X-API-Key, or as Authorization: Bearer."),
        403 => new(ErrorCodes.Forbidden, "This is not allowed."),
        404 => new(ErrorCodes.NotFound, "There is nothing at this address.", "The routes are listed in /openapi/v2.json."),
        405 => new(ErrorCodes.MethodNotAllowed, "This address does not take this method.", "The methods it takes are in the Allow header."),
        408 => new(ErrorCodes.NetworkTimeout, "The request did not come in time.", Retryable: true),
        409 => new(ErrorCodes.Conflict, "Another request stands in the way.", Retryable: true),
        413 => new(ErrorCodes.TooLarge, "The body is too large.", "Upload files first: POST /api/v2/uploads."),
        415 => new(ErrorCodes.MediaType, "The body has a type that is not read here.", "Send application/json."),
        429 => new(ErrorCodes.RateLimited, "Too many requests.", "Wait as long as Retry-After says.", Retryable: true),
        503 => new(ErrorCodes.FarmBusy, "The server cannot answer now.", "Try again.", Retryable: true),
        < 500 => new(ErrorCodes.InvalidArgument, "The request cannot be understood."),
        _ => new(ErrorCodes.Internal, "The server made a mistake.", "Report it with the request id.", Retryable: true),
    };
}
