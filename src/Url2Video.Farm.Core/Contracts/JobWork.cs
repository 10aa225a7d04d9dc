using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Url2Video.Farm.Core.Planning;
using Url2Video.Farm.Core.Quality;

namespace Url2Video.Farm.Core.Contracts;

public enum JobKind
{
    Ingest,
    Write,
    Speak,
    Render,
    Mix,
    Assemble,
}

/// <summary>What one job is to do, complete: a node needs nothing but this and the artifacts it names.</summary>
public abstract record JobWork
{
    private JobWork() { }

    public abstract JobKind Kind { get; }

    /// <summary>Source → SourceDoc artifact with its image artifacts; for a storyboard source, straight to the storyboard.</summary>
    public sealed record Ingest(SourceSpec Source, Brief Brief) : JobWork
    {
        public override JobKind Kind => JobKind.Ingest;
    }

    /// <summary>SourceDoc + Brief → storyboard.</summary>
    public sealed record Write(ArtifactRef SourceDoc, Brief Brief) : JobWork
    {
        public override JobKind Kind => JobKind.Write;
    }

    /// <summary>One scene's narration → PCM and word times.</summary>
    public sealed record Speak(ArtifactRef Storyboard, int Scene) : JobWork
    {
        public override JobKind Kind => JobKind.Speak;
    }

    /// <summary>One chunk: compose each frame once, encode every rung of the ladder.</summary>
    /// <param name="Scenes">The slots of the scenes that are seen in the chunk, transitions included, in order.</param>
    /// <param name="Speech">The speech of those scenes, same order (burned-in captions need the word times); null for a silent scene.</param>
    public sealed record Render(
        ArtifactRef Storyboard,
        Rational Fps,
        int Width,
        int Height,
        ImmutableArray<Rung> Ladder,
        ImmutableArray<SceneSlot> Scenes,
        ImmutableArray<SceneSpeech?> Speech,
        ChunkSlot Chunk) : JobWork
    {
        /// <summary>Whether the frames are measured.</summary>
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
        public QualityMode Quality { get; init; }

        /// <summary>From key frame to key frame, where that is not what streams have (<see cref="ChunkGrid.SegmentFrames"/>): 0.</summary>
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
        public int GopFrames { get; init; }

        public override JobKind Kind => JobKind.Render;
    }

    /// <summary>All speech + music → one continuous track, loudness, AAC once, cut on the segment grid.</summary>
    public sealed record Mix(
        ArtifactRef Storyboard,
        Rational Fps,
        long Samples,
        ImmutableArray<SceneSlot> Scenes,
        ImmutableArray<SceneSpeech?> Speech,
        ImmutableArray<SegmentSlot> Segments) : JobWork
    {
        /// <summary>Keep the whole sound without loss too: a wanted file is coded from it.</summary>
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
        public bool KeepsTrack { get; init; }

        /// <summary>Whether the sound is measured.</summary>
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
        public QualityMode Quality { get; init; }

        public override JobKind Kind => JobKind.Mix;
    }

    /// <summary>Everything rendered → the files asked for, captions, thumbnail, storyboard.</summary>
    /// <param name="Video">The tallest rung of H.264: its init and its segments in order; without segments when no file needs it.</param>
    public sealed record Assemble(
        ArtifactRef Storyboard,
        OutputFormats Formats,
        Rational Fps,
        ImmutableArray<SceneSlot> Scenes,
        ImmutableArray<SceneSpeech?> Speech,
        RenditionFiles Video,
        RenditionFiles Audio) : JobWork
    {
        /// <summary>What files are made from beside the tallest rung and the sound of the package; null when that is all.</summary>
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
        public FileSources? Sources { get; init; }

        /// <summary>What the film is judged by; null: it is not.</summary>
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
        public QualityWork? Quality { get; init; }

        /// <summary>What the package has to wind and seek by; null: nothing.</summary>
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
        public TrickPlayWork? TrickPlay { get; init; }

        public override JobKind Kind => JobKind.Assemble;
    }
}

/// <param name="Pcm">48 kHz mono signed 16-bit little-endian samples, no header.</param>
/// <param name="Words">Word and phone times (JSON, see Content/Speech), on the clip's own clock.</param>
/// <param name="Samples">Length of the clip at 48 kHz.</param>
public sealed record SceneSpeech(ArtifactRef Pcm, ArtifactRef Words, long Samples);

/// <summary>One CMAF track as files: the init segment and the media segments in order.</summary>
public sealed record RenditionFiles(ArtifactRef Init, ImmutableArray<ArtifactRef> Segments);

/// <param name="Renditions">Of other codecs and sizes.</param>
/// <param name="Track">The whole sound without loss (FLAC, 24 bits); null when no file needs it.</param>
public sealed record FileSources(ImmutableArray<FileRendition> Renditions, ArtifactRef? Track);

/// <summary>What a judge needs besides the film itself.</summary>
/// <param name="ShortSideMin">Of the pictures.</param>
/// <param name="Frames">That the film should have.</param>
/// <param name="Pictures">What was measured of the chunks, as far as it was.</param>
/// <param name="Sound">What was measured of the sound, or null.</param>
public sealed record QualityWork(
    QualityMode Mode,
    int ShortSideMin,
    long Frames,
    long Samples,
    ImmutableArray<ArtifactRef> Pictures,
    ArtifactRef? Sound,
    int LoudnessLufsTenths,
    int TruePeakDbTenths);

/// <summary>A rendition that becomes a file.</summary>
public sealed record FileRendition(Rung Rung, RenditionFiles Files);

/// <param name="Key">What the result depends on; see <see cref="JobKey"/>.</param>
/// <param name="Needs">Capabilities that a node must have, as stable words (e.g. <c>voice:flite</c>), sorted; empty for none.</param>
/// <param name="SecondsMax">Hard limit of one attempt; past it the lease is void.</param>
public sealed record JobSpec(JobId Id, JobKey Key, JobWork Work, ImmutableArray<string> Needs, int SecondsMax)
{
    /// <summary>
    /// The result must be made, not found: an earlier one of this key was judged wrong (or its attempt failed), and whoever kept it
    /// would hand the same one over for ever.
    /// </summary>
    public bool WorkAnew { get; init; }

    /// <summary>See <see cref="ProjectRequest.Band"/>.</summary>
    public Band Band { get; init; }

    /// <summary>See <see cref="ProjectRequest.Weight"/>.</summary>
    public int Weight { get; init => field = Math.Max(1, value); } = 1;

    /// <summary>See <see cref="ProjectRequest.Tenant"/>.</summary>
    public string Tenant { get; init => field = value ?? string.Empty; } = string.Empty;

    /// <summary>Named limits of which the job takes one each while it runs, sorted.</summary>
    public ImmutableArray<string> Limits { get; init => field = value.IsDefault ? [] : value; } = [];
}
