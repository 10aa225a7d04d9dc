using System.Collections.Immutable;
using Url2Video.Farm.Core.Errors;

namespace Url2Video.Farm.Core.Storyboards.Reading;

/// <summary>
/// Collects what is wrong with a document, so that its author mends all of it in one go; bounded, so that a hostile one stays
/// cheap.
/// </summary>
internal sealed class ReadErrors
{
    /// <summary>More than anybody reads at once.</summary>
    public const int CountMax = 32;

    private readonly ImmutableArray<FarmError>.Builder _errors = ImmutableArray.CreateBuilder<FarmError>();

    public bool IsFull => _errors.Count >= CountMax;

    public bool IsEmpty => _errors.Count == 0;

    public void Invalid(string pointer, string message, string? wayOut = null) =>
        Add(new FarmError(ErrorCodes.InvalidStoryboard, $"{(pointer.Length == 0 ? "/" : pointer)}: {message}", wayOut));

    public void Unknown(string pointer, string name, IEnumerable<string> known)
    {
        var near = DidYouMean.Nearest(name, known);
        var wayOut = near is null ? $"Known here: {string.Join(", ", known.Order(StringComparer.Ordinal))}." : $"Did you mean \"{near}\"?";
        Add(new FarmError(ErrorCodes.UnknownProperty, $"{pointer}: unknown property \"{name}\".", wayOut));
    }

    public ImmutableArray<FarmError> ToImmutable() => _errors.ToImmutable();

    private void Add(FarmError error)
    {
        if (!IsFull)
        {
            _errors.Add(error);
        }
    }
}
