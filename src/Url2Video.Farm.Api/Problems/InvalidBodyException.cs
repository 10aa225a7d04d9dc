using System.Collections.Immutable;
using Url2Video.Farm.Core.Errors;
using Url2Video.Farm.Core.Storyboards.Reading;

namespace Url2Video.Farm.Api.Problems;

/// <summary>A body with one or more faults, each with its place.</summary>
internal sealed class InvalidBodyException(FarmError error, ImmutableArray<ProblemItem> items) : Exception(error.ToString())
{
    public FarmError Error { get; } = error;

    public ImmutableArray<ProblemItem> Items { get; } = items;

    public static InvalidBodyException Of(ImmutableArray<ReadFinding> findings)
    {
        // A misspelt name usually explains the missing one, so it gives the answer its code.
        var first = findings.FirstOrDefault(f => f.Error.Code == ErrorCodes.UnknownProperty) ?? findings[0];
        return new(first.Error, [.. findings.Select(f => new ProblemItem(f.Pointer, f.Error.Code, f.Error.Message))]);
    }
}
