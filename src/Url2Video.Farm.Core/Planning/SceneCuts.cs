using System.Collections.Immutable;

namespace Url2Video.Farm.Core.Planning;

/// <summary>
/// Cuts a film that nobody streams where its scenes begin, so that an edit to a scene is worked anew in that scene's chunks alone and in
/// the one that comes in over it. Every chunk is one segment with one key frame, no longer than <see cref="ChunkGrid.FileSegmentFrames"/>: short scenes
/// lie in one chunk together, long ones in several (decision 0019).
/// </summary>
public static class SceneCuts
{
    /// <param name="scenes">All of the film, contiguous.</param>
    public static ImmutableArray<ChunkSlot> Cut(ImmutableArray<SceneSlot> scenes, Rational fps)
    {
        var (full, min) = (ChunkGrid.FileSegmentFrames(fps), ChunkGrid.FileSegmentFramesMin(fps));
        var starts = new List<long>();
        for (var (first, end) = (0, 0); first < scenes.Length; first = end)
        {
            end = EndOfGroup(scenes, first, full, min);
            Split(scenes[first].StartFrame, FramesOf(scenes, first, end), scenes[first].TransitionFrames, full, min, starts);
        }

        return ChunkGrid.Chunks(starts, scenes[^1].StartFrame + scenes[^1].Frames, fps, together: 1);
    }

    /// <summary>
    /// Scenes that make chunks together: as many as one chunk holds, and more where these, or all that come after, are too short for a chunk.
    /// </summary>
    private static int EndOfGroup(ImmutableArray<SceneSlot> scenes, int first, int full, int min)
    {
        var end = first + 1;
        while (end < scenes.Length
            && (FramesOf(scenes, first, end) < min || FramesOf(scenes, end, scenes.Length) < min || FramesOf(scenes, first, end + 1) <= full))
        {
            end++;
        }

        return end;
    }

    /// <summary>
    /// What is longer than a chunk, in equal parts. Where the scene before is still seen at its beginning, that beginning is made anew after an edit to either of the two: it is a
    /// part of its own, as short as one may be that holds the transition.
    /// </summary>
    private static void Split(long start, long frames, int transition, int full, int min, List<long> starts)
    {
        starts.Add(start);
        if (frames <= full)
        {
            return;
        }

        var head = transition > 0 ? Math.Min(full, Math.Max(min, transition)) : 0;
        var parts = (frames - head + full - 1) / full;
        for (var part = head > 0 ? 0L : 1L; part < parts; part++)
        {
            starts.Add(start + head + (frames - head) * part / parts);
        }
    }

    private static long FramesOf(ImmutableArray<SceneSlot> scenes, int first, int end) =>
        scenes[end - 1].StartFrame + scenes[end - 1].Frames - scenes[first].StartFrame;
}
