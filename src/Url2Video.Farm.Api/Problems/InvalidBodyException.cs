using System.Collections.Immutable;
using Url2Video.Farm.Core.Errors;

namespace Url2Video.Farm.Api.Problems;

/// <summary>A body with one or more faults, each with its place.</summary>
internal sealed class InvalidBodyException(FarmError error, ImmutableArray<ProblemItem> items) : Exception(error.ToString())
{
    public FarmError Error { get; } = error;

    public ImmutableArray<ProblemItem> Items { get; } = items;
}
