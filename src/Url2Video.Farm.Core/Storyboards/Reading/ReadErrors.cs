using System.Collections.Immutable;
using Url2Video.Farm.Core.Errors;

namespace Url2Video.Farm.Core.Storyboards.Reading;

/// <summary>
/// Collects what is wrong with a document, so that its author mends all of it in one go; bounded, so that a hostile one stays
/// cheap.
/// </summary>
/// <param name="invalidCode">The code of a wrong value; a misspelt name always has its own.</param>
internal sealed class ReadErrors(string invalidCode = ErrorCodes.InvalidStoryboard)
{
    /// <summary>More than anybody reads at once.</summary>
    public const int CountMax = 32;

    private readonly ImmutableArray<ReadFinding>.Builder _findings = ImmutableArray.CreateBuilder<ReadFinding>();

    public bool IsFull => _findings.Count >= CountMax;

    public bool IsEmpty => _findings.Count == 0;

    public ImmutableArray<ReadFinding> Findings => _findings.ToImmutable();

    public void Invalid(string pointer, string message, string? wayOut = null) =>
        Add(pointer, new FarmError(invalidCode, $"{(pointer.Length == 0 ? "/" : pointer)}: {message}", wayOut));

    public void Unknown(string pointer, string name, IEnumerable<string> known)
    {
        var near = DidYouMean.Nearest(name, known);
        var wayOut = near is null ? $"Known here: {string.Join(", ", known.Order(StringComparer.Ordinal))}." : $"Did you mean \"{near}\"?";
        Add(pointer, new FarmError(ErrorCodes.UnknownProperty, $"{pointer}: unknown property \"{name}\".", wayOut));
    }

    public void Add(string pointer, FarmError error)
    {
        if (!IsFull)
        {
            _findings.Add(new ReadFinding(pointer, error));
        }
    }

    public ImmutableArray<FarmError> ToImmutable() => [.. _findings.Select(f => f.Error)];
}

/// <summary>One thing that is wrong with a document.</summary>
/// <param name="Pointer">RFC 6901; the empty text is the whole document.</param>
public sealed record ReadFinding(string Pointer, FarmError Error);
