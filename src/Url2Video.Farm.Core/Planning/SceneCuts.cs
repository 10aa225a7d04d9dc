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
        foreach (var (first, end) in Groups(scenes, full, min))
        {
            Split(scenes[first].StartFrame, FramesOf(scenes, first, end), scenes[first].TransitionFrames, full, min, starts);
        }

        return ChunkGrid.Chunks(starts, scenes[^1].StartFrame + scenes[^1].Frames, fps, together: 1);
    }

    /// <summary>
    /// Scenes that make chunks together, from the left: as many as one chunk holds, and what is too short for a chunk with the scene after it. Only the end of the film, with
    /// nothing after it, is joined with what is before.
    /// </summary>
    /// <returns>The first scene of each, and the one behind its last.</returns>
    internal static IEnumerable<(int First, int End)> Groups(ImmutableArray<SceneSlot> scenes, int full, int min)
    {
        for (var (first, end) = (0, 0); first < scenes.Length; first = end)
        {
            end = EndOfGroup(scenes, first, full, min);
            yield return (first, end);
        }
    }

    private static int EndOfGroup(ImmutableArray<SceneSlot> scenes, int first, int full, int min)
    {
        var (end, frames) = (first + 1, scenes[first].Frames);
        while (end < scenes.Length && (frames < min || frames + scenes[end].Frames <= full || FramesOf(scenes, end, scenes.Length) < min))
        {
            frames += scenes[end++].Frames;
        }

        return end;
    }

    /// <summary>
    /// What is longer than a chunk, in equal parts. Where the scene before is still seen at its beginning, that beginning is made anew after an edit to either of the two: it is a
    /// part of its own, as short as one may be that holds the transition. Where so few frames a second are left that their parts would be too short, there is none.
    /// </summary>
    private static void Split(long start, long frames, int transition, int full, int min, List<long> starts)
    {
        starts.Add(start);
        if (frames <= full)
        {
            return;
        }

        var head = transition > 0 ? Math.Min(full, Math.Max(min, transition)) : 0;
        if (frames - head < PartsOf(frames - head, full) * min)
        {
            head = 0;
        }

        var parts = PartsOf(frames - head, full);
        for (var part = head > 0 ? 0L : 1L; part < parts; part++)
        {
            starts.Add(start + head + (frames - head) * part / parts);
        }
    }

    private static long PartsOf(long frames, int full) => (frames + full - 1) / full;

    private static long FramesOf(ImmutableArray<SceneSlot> scenes, int first, int end) =>
        scenes[end - 1].StartFrame + scenes[end - 1].Frames - scenes[first].StartFrame;
}
