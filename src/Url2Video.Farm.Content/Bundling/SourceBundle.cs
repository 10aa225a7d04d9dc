using System.Collections.Immutable;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Contracts;

namespace Url2Video.Farm.Content.Bundling;

public enum BundleKind
{
    Page,
    Text,
    Storyboard,
}

/// <param name="Path">As it will be known in the bundle.</param>
/// <param name="FullPath">Where it lies on this machine, all links resolved.</param>
public sealed record BundledFile(string Path, string FullPath, long Bytes);

/// <summary>A local source and the files it needs, before they are stored.</summary>
/// <param name="Entry">Path of the document itself; always the first of <paramref name="Files"/>.</param>
public sealed record SourceBundle(BundleKind Kind, string Entry, ImmutableArray<BundledFile> Files)
{
    /// <param name="stored">The artifact of each file, in the order of <see cref="Files"/>.</param>
    public SourceSpec ToSpec(IReadOnlyList<ArtifactRef> stored)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(stored.Count, Files.Length, nameof(stored));
        ImmutableArray<BundleFile> files = [.. Files.Select((f, i) => new BundleFile(f.Path, stored[i]))];
        return Kind switch
        {
            BundleKind.Page => new SourceSpec.PageBundle(Entry, files),
            BundleKind.Storyboard => new SourceSpec.StoryboardBundle(Entry, files),
            _ => new SourceSpec.PlainText(stored[0]),
        };
    }
}
