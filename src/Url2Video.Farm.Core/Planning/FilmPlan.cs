using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Url2Video.Farm.Core.Planning;

/// <summary>One coded rendition of the film: a quality level of the adaptive ladder, or the pictures of a file for download.</summary>
/// <param name="Name">Folder-safe name, e.g. <c>1080p</c>.</param>
/// <param name="Width">Luma pixels, even.</param>
/// <param name="Height">Luma pixels, even.</param>
/// <param name="Crf">Constant rate factor on the scale of the codec.</param>
/// <param name="Preset">Preset in the words of the encoder.</param>
public sealed record Rung(string Name, int Width, int Height, int Crf, string Preset)
{
    // What most films do not have is not written: their journals and messages stay as they were.
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public VideoCodec Codec { get; init; }

    /// <summary>Not part of the package for players: it becomes a file for download.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsFileOnly { get; init; }

    /// <summary>Encoded by the GPU, for its whole length: bits of two encoders never meet in one rendition.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsNvenc { get; init; }
}

/// <summary>Where one scene lies in the film. Scenes are contiguous: a transition is the first frames of the later scene.</summary>
/// <param name="Index">Place in the storyboard, from 0.</param>
/// <param name="StartSample">On the 48 kHz clock of the film.</param>
/// <param name="Samples">Length on the 48 kHz clock.</param>
/// <param name="StartFrame">floor(StartSample · fps / 48000).</param>
/// <param name="Frames">floor(end · fps / 48000) − StartFrame, so the sum never drifts.</param>
/// <param name="TransitionFrames">Frames at the start of this scene during which the scene before is still seen under it; 0 for none.</param>
/// <param name="SpeechStartSample">Where the scene's narration begins, on the film's clock.</param>
public sealed record SceneSlot(int Index, long StartSample, long Samples, long StartFrame, long Frames, int TransitionFrames, long SpeechStartSample)
{
    /// <summary>
    /// Frames for which this scene is still seen after its end, under the transition into the next one. Motion runs over
    /// <c>Frames + TailFrames</c>, so a chunk that does not reach the next scene must know them too.
    /// </summary>
    public int TailFrames { get; init; }
}

/// <summary>One media segment of every rung and of the audio, with equal boundaries.</summary>
/// <param name="Index">From 0; names on disk count from 1.</param>
/// <param name="FirstPacket">First AAC packet (1024 samples each) of the segment.</param>
public sealed record SegmentSlot(int Index, long FirstFrame, int Frames, long FirstPacket, int Packets);

/// <summary>A few segments that one render job makes.</summary>
public sealed record ChunkSlot(int Index, ImmutableArray<SegmentSlot> Segments)
{
    public long FirstFrame => Segments[0].FirstFrame;

    public int Frames => Segments.Sum(s => s.Frames);

    // Records compare arrays by reference; plans are compared by value in tests and in the journal.
    public bool Equals(ChunkSlot? other) => other is not null && Index == other.Index && Segments.AsSpan().SequenceEqual(other.Segments.AsSpan());

    public override int GetHashCode() => HashCode.Combine(Index, Segments.Length);
}

/// <summary>Everything about time and layout of a film; depends on the storyboard and the spoken durations alone, never on nodes.</summary>
/// <param name="Frames">Video length in frames.</param>
/// <param name="Samples">Audio length in 48 kHz samples: ceil(Frames · 48000 / fps) rounded as the grid says.</param>
/// <param name="Packets">AAC packets of the whole film.</param>
/// <param name="Ladder">
/// All renditions. Those of the package come first, H.264 before other codecs, tallest first; then those that become files. Empty when only sound is wanted.
/// </param>
public sealed record FilmPlan(
    Rational Fps,
    int Width,
    int Height,
    long Frames,
    long Samples,
    long Packets,
    ImmutableArray<Rung> Ladder,
    ImmutableArray<SceneSlot> Scenes,
    ImmutableArray<ChunkSlot> Chunks)
{
    /// <summary>The renditions of the package for players: the first of <see cref="Ladder"/>.</summary>
    public ImmutableArray<Rung> Streamed => [.. Ladder.TakeWhile(r => !r.IsFileOnly)];

    /// <summary>Of every rendition; they are numbered through.</summary>
    public int Segments => Chunks.IsDefaultOrEmpty ? 0 : Chunks[^1].Segments is [.., var last] ? last.Index + 1 : Chunks.Sum(c => c.Segments.Length);
}
