using System.Collections.Immutable;

namespace Url2Video.Farm.Api.Problems;

/// <summary>The body of every failure: RFC 9457, <c>application/problem+json</c>.</summary>
/// <param name="Type">Stable; one a code.</param>
/// <param name="Title">The code in words.</param>
/// <param name="Detail">What happened, naming the thing it happened to.</param>
/// <param name="Instance">Path of the request.</param>
/// <param name="Code">One of the stable error codes.</param>
/// <param name="LegacyCode">The manual's <c>ERR_00n</c>, where it has one.</param>
/// <param name="Hint">The way out.</param>
/// <param name="Errors">Each single thing that is wrong with the body.</param>
/// <param name="RequestId">Also in the header <c>X-Request-Id</c> and in the server's log.</param>
/// <param name="Retryable">Whether the same request may succeed later.</param>
public sealed record Problem(
    string Type,
    string Title,
    int Status,
    string Detail,
    string Instance,
    string Code,
    string? LegacyCode,
    string? Hint,
    ImmutableArray<ProblemItem>? Errors,
    string RequestId,
    bool Retryable);

/// <param name="Pointer">RFC 6901, into the request body.</param>
public sealed record ProblemItem(string Pointer, string Code, string Detail);
