using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Url2Video.Farm.Core.Quality;

namespace Url2Video.Farm.Core.Contracts;

/// <summary>What planning needs to know of a storyboard; the document itself stays an artifact.</summary>
/// <param name="Title">For lists and progress; at most 200 characters.</param>
/// <param name="Language">BCP 47.</param>
/// <param name="Mix">Hash of everything in the document that the sound depends on, apart from the narrations.</param>
public sealed record StoryboardFacts(
    string Title,
    string Language,
    int Width,
    int Height,
    Rational Fps,
    string Mix,
    ImmutableArray<SceneFacts> Scenes);

/// <param name="Id">The scene's own id in the document.</param>
/// <param name="Say">Hash of all that the speech of the scene depends on (words, voice, rate); null for a silent scene.</param>
/// <param name="Visual">Hash of all that the picture of the scene depends on, apart from its times.</param>
/// <param name="MsMin">Shortest time on screen, transition included.</param>
/// <param name="MsFixed">Exact time on screen if the document fixes it; null: speech + padding decide.</param>
/// <param name="MsLead">Silence before the words.</param>
/// <param name="MsTail">Silence after the words.</param>
/// <param name="MsTransition">Length of the transition into the scene; 0 for a cut. The first scene has none.</param>
/// <param name="Needs">Capabilities to speak it, e.g. <c>voice:flite</c>.</param>
public sealed record SceneFacts(
    string Id,
    string? Say,
    string Visual,
    int MsMin,
    int? MsFixed,
    int MsLead,
    int MsTail,
    int MsTransition,
    ImmutableArray<string> Needs)
{
    /// <summary>Capabilities to compose its picture, e.g. <c>plugin:vintage#5f3c…</c>; null for none, as nearly always.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ImmutableArray<string>? PictureNeeds { get; init => field = value is { IsDefaultOrEmpty: false } ? value : null; }
}

/// <summary>A segment as rendered: its file and what playlists must say of it.</summary>
/// <param name="Frames">Units of the track in the segment: pictures of a rung, AAC packets of the sound.</param>
/// <param name="Index">From 0, over the whole film.</param>
/// <param name="Frames">Samples in the file: video frames in a rung, AAC packets in the sound.</param>
public sealed record SegmentFile(int Index, ArtifactRef File, int Frames);

/// <param name="Codecs">RFC 6381 string read from the bytes, e.g. <c>avc1.640028</c>.</param>
public sealed record RungFiles(string Rung, string Codecs, ArtifactRef Init, ImmutableArray<SegmentFile> Segments);

/// <summary>A finished file for the user, by the name it gets under the output directory.</summary>
public sealed record OutputFile(string Name, ArtifactRef File);

public abstract record JobResult
{
    private JobResult() { }

    /// <param name="SourceDoc">Set for pages and text.</param>
    /// <param name="Storyboard">Set for a storyboard source, together with <paramref name="Facts"/>.</param>
    public sealed record Ingested(ArtifactRef? SourceDoc, ArtifactRef? Storyboard, StoryboardFacts? Facts, ImmutableArray<string> Warnings) : JobResult;

    public sealed record Written(ArtifactRef Storyboard, StoryboardFacts Facts, ImmutableArray<string> Warnings) : JobResult;

    public sealed record Spoken(SceneSpeech Speech) : JobResult;

    public sealed record Rendered(ImmutableArray<RungFiles> Rungs) : JobResult
    {
        /// <summary>The build of the encoder (<see cref="Nodes.EncoderWords"/>); empty when the node told none.</summary>
        public string Encoder { get; init => field = value ?? string.Empty; } = string.Empty;

        /// <summary>What was measured of the frames (<see cref="PictureTapeFile"/>); null where nothing was.</summary>
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
        public ArtifactRef? Measure { get; init; }
    }

    /// <param name="LoudnessLufsTenths">Measured on the final track.</param>
    /// <param name="TruePeakDbTenths">Measured on the final track, tenths of dBTP.</param>
    public sealed record Mixed(string Codecs, ArtifactRef Init, ImmutableArray<SegmentFile> Segments, int LoudnessLufsTenths, int TruePeakDbTenths) : JobResult
    {
        /// <summary>The whole sound without loss (FLAC, 24 bits, 48 kHz) where the work asked for it.</summary>
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
        public ArtifactRef? Track { get; init; }

        /// <summary>What was measured of the sound (<see cref="SoundMeasure"/>); null where nothing was.</summary>
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
        public ArtifactRef? Measure { get; init; }
    }

    public sealed record Assembled(ImmutableArray<OutputFile> Files) : JobResult
    {
        /// <summary>How the film was judged; null where it was not.</summary>
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
        public QualityVerdict? Verdict { get; init; }

        /// <summary>For the package; null where nothing was wanted, or by a node of an earlier version.</summary>
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
        public TrickPlayFiles? TrickPlay { get; init; }
    }
}
