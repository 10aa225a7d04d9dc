using System.Collections.Immutable;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Url2Video.Farm.Api.Farm;

/// <summary>A list as every operators' route gives it.</summary>
/// <param name="AnsweredBy">Address of the server that answered: what two servers tell of a moment may differ.</param>
/// <param name="NextCursor">Give it as <c>cursor</c> to go on; null at the end.</param>
internal sealed record FarmList<T>(ImmutableArray<T> Data, string AnsweredBy, bool HasMore = false, string? NextCursor = null);

/// <summary>What a change did, or with <c>dry_run</c> would do.</summary>
/// <param name="Effects">One sentence each.</param>
internal sealed record FarmEffect(bool DryRun, ImmutableArray<string> Effects, string AnsweredBy);

internal static class Answers
{
    public static Ok<T> Of<T>(T value) => TypedResults.Ok(value);
}
