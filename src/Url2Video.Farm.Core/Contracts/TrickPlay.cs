using System.Collections.Immutable;
using Url2Video.Farm.Core.Planning;

namespace Url2Video.Farm.Core.Contracts;

/// <summary>What a package has beside the film, to find one's way in it. Numbers are stored and cross the wire: frozen.</summary>
[Flags]
public enum TrickPlayKinds
{
    None = 0,

    /// <summary>A rendition of one key picture a second, for winding fast with HLS.</summary>
    IFrames = 1,

    /// <summary>Sheets of small pictures, for the seek bar.</summary>
    Thumbnails = 2,

    All = IFrames | Thumbnails,
}

/// <summary>What is to be made, and what it is made from.</summary>
/// <param name="Rung">Of H.264.</param>
/// <param name="Files">Of that rung.</param>
/// <param name="Frames">Of the film.</param>
public sealed record TrickPlayWork(TrickPlayKinds Kinds, Rung Rung, RenditionFiles Files, long Frames);

/// <summary>What was made; null for what was not wanted.</summary>
public sealed record TrickPlayFiles(IFrameFile? IFrames, ThumbnailFiles? Thumbnails)
{
    /// <summary>What is among <paramref name="kinds"/>: a node may have made more than was ordered, and a package names what it will keep.</summary>
    /// <returns>Null when nothing is left.</returns>
    public TrickPlayFiles? Of(TrickPlayKinds kinds)
    {
        var (track, small) = (kinds.HasFlag(TrickPlayKinds.IFrames) ? IFrames : null, kinds.HasFlag(TrickPlayKinds.Thumbnails) ? Thumbnails : null);
        return track is null && small is null ? null : new TrickPlayFiles(track, small);
    }

    /// <summary>All files, in a fixed order.</summary>
    public IEnumerable<ArtifactRef> All() => (IFrames is { } track ? new[] { track.File } : []).Concat(Thumbnails is { } small ? small.Sheets : []);
}

/// <summary>One CMAF track file: its init segment, then a fragment for each picture.</summary>
/// <param name="Codecs">RFC 6381.</param>
/// <param name="InitBytes">Length of the init segment.</param>
/// <param name="Bytes">Lengths of the fragments, each from its moof to the end of its mdat.</param>
public sealed record IFrameFile(string Codecs, int Width, int Height, ArtifactRef File, int InitBytes, ImmutableArray<int> Bytes);

/// <param name="Width">Of one small picture.</param>
/// <param name="Height">Of one small picture.</param>
/// <param name="Sheets">JPEG files of many small pictures each.</param>
public sealed record ThumbnailFiles(int Width, int Height, ImmutableArray<ArtifactRef> Sheets);
