using System.Collections.Immutable;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Storyboards.Reading;

namespace Url2Video.Farm.Core.Orders;

/// <summary>An order as it comes over the API, read and judged.</summary>
/// <param name="CallbackUrl">Where the end of the film is told; null for nobody.</param>
/// <param name="Metadata">The client's own words, given back with the film.</param>
/// <param name="IsDryRun">Judge only.</param>
public sealed record FilmRequest(
    RequestedSource Source,
    FilmOrder Order,
    Band Band,
    int Weight,
    ImmutableArray<string> Limits,
    string? CallbackUrl,
    ImmutableSortedDictionary<string, string> Metadata,
    bool IsDryRun);

/// <summary>What the film is made of, as the order names it; nothing is stored yet.</summary>
public abstract record RequestedSource
{
    private RequestedSource() { }

    public sealed record Page(string Url) : RequestedSource;

    /// <summary>Plain text or Markdown.</summary>
    public sealed record Text(string Content) : RequestedSource;

    /// <param name="Utf8">The document as it was sent, checked.</param>
    /// <param name="Files">The images that it names.</param>
    public sealed record Storyboard(ReadOnlyMemory<byte> Utf8, ImmutableArray<UploadedFile> Files) : RequestedSource;

    /// <param name="Entry">Path of the document in the bundle: <c>.html</c>, <c>.json</c>, or text.</param>
    public sealed record Uploaded(string Entry, ImmutableArray<UploadedFile> Files) : RequestedSource;
}

/// <param name="Path">In the bundle, well formed.</param>
/// <param name="Upload">As the upload was answered.</param>
public sealed record UploadedFile(string Path, string Upload);

/// <summary>The order, or everything that is wrong with it.</summary>
public sealed record FilmRequestReading(FilmRequest? Request, ImmutableArray<ReadFinding> Findings);
