using System.Collections.Immutable;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Errors;
using Url2Video.Farm.Core.Planning;

namespace Url2Video.Farm.Core.Publishing;

/// <summary>What is to be published; fixed from the plan on.</summary>
/// <param name="Formats">With neither HLS nor DASH nothing is written and only progress is reported.</param>
/// <param name="Language">BCP 47 language of the narration.</param>
/// <param name="Title">Goes into the DASH manifest; untrusted text.</param>
/// <param name="HasCaptions">True: the package is complete only with <see cref="PublishInput.CaptionsReady"/>.</param>
/// <param name="Channels">Of the sound.</param>
public sealed record PublishSpec(FilmPlan Plan, OutputFormats Formats, string Language, string Title, bool HasCaptions, int Channels = 2)
{
    /// <summary>The package is complete only when it is known what there is of these, be it nothing.</summary>
    public TrickPlayKinds TrickPlay { get; init; }
}

public abstract record PublishInput
{
    private PublishInput() { }

    /// <summary>A chunk is rendered: one entry a rung of the plan, in the plan's order.</summary>
    public sealed record ChunkReady(int Chunk, ImmutableArray<RungFiles> Rungs) : PublishInput;

    /// <summary>The sound of the whole film is there.</summary>
    public sealed record AudioReady(JobResult.Mixed Audio) : PublishInput;

    /// <summary>WebVTT of the whole film.</summary>
    public sealed record CaptionsReady(ArtifactRef WebVtt) : PublishInput;

    /// <summary>What the film is wound and sought by; null when nothing was made, as by a node of an earlier version.</summary>
    public sealed record TrickPlayReady(TrickPlayFiles? Files) : PublishInput;
}

/// <summary>
/// What the shell does, strictly in the given order, each to its end before the next. Every effect may be repeated after a
/// crash: writes are whole-file (temporary file, fsync, rename) and give the same bytes again.
/// </summary>
public abstract record PublishEffect
{
    private PublishEffect() { }

    /// <summary>Make the artifact visible at a path of <see cref="Packaging.PackageLayout"/>. A file of this length that is already there is the same file.</summary>
    public sealed record PutArtifact(string Path, ArtifactRef File) : PublishEffect;

    /// <summary>Replace a playlist or manifest, UTF-8 without a byte order mark.</summary>
    public sealed record PutText(string Path, string Text) : PublishEffect;

    /// <summary>The first <paramref name="Chunks"/> chunks are out: the project may move its look-ahead window.</summary>
    public sealed record Published(int Chunks) : PublishEffect;

    /// <summary>Everything is out and final.</summary>
    public sealed record Completed : PublishEffect;

    /// <summary>
    /// A result does not fit the plan or the rung (<paramref name="Chunk"/> is null for the sound). Nothing of it was
    /// written; a later result for the same chunk is judged afresh.
    /// </summary>
    public sealed record Refused(int? Chunk, FarmError Error) : PublishEffect;
}
