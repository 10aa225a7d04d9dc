using System.Collections.Immutable;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Packaging;

namespace Url2Video.Farm.Core.Publishing;

/// <summary>
/// Decides what becomes visible and when: chunks strictly in order, files before the playlists that name them, playlists that
/// only grow, and the final ones when everything is there.
/// </summary>
/// <remarks>
/// After a crash, start afresh and give <b>all</b> inputs so far in one call: files are written again (or found), and the
/// playlists once, never shorter than before.
/// </remarks>
public static class PublishLogic
{
    /// <summary>
    /// While growing, playlists are rewritten when they gained a chunk or 1/64 of their length, whichever is more: the text
    /// written for a film of n chunks stays O(n), and a viewer at the live edge is never far behind.
    /// </summary>
    private const int GrowthShare = 64;

    public static (PublishState State, ImmutableArray<PublishEffect> Effects) Decide(PublishState state, params ReadOnlySpan<PublishInput> inputs)
    {
        var effects = ImmutableArray.CreateBuilder<PublishEffect>();
        foreach (var input in inputs)
        {
            state = Absorb(state, input, effects);
        }

        var outBefore = state.ChunksOut;
        state = PutChunks(state, effects);
        state = PutAudio(state, effects);
        state = PutManifests(state, effects);
        if (state.ChunksOut > outBefore)
        {
            effects.Add(new PublishEffect.Published(state.ChunksOut));
        }

        if (state.HasAll && !state.IsComplete)
        {
            effects.Add(new PublishEffect.Completed());
            state = state with { IsComplete = true };
        }

        return (state, effects.ToImmutable());
    }

    // An input that was taken before, or that a retry brings a second time, changes nothing.
    private static PublishState Absorb(PublishState state, PublishInput input, ImmutableArray<PublishEffect>.Builder effects)
    {
        switch (input)
        {
            case PublishInput.ChunkReady ready:
                if (PublishCheck.Chunk(state.Spec.Plan, ready) is { } chunkError)
                {
                    effects.Add(new PublishEffect.Refused(ready.Chunk, chunkError));
                    return state;
                }

                var isKnown = ready.Chunk < state.ChunksOut || state.Waiting.ContainsKey(ready.Chunk);
                return isKnown ? state : state with { Waiting = state.Waiting.Add(ready.Chunk, ready.Rungs) };
            case PublishInput.AudioReady ready:
                if (PublishCheck.Audio(state.Spec.Plan, ready.Audio) is { } audioError)
                {
                    effects.Add(new PublishEffect.Refused(null, audioError));
                    return state;
                }

                return state.Audio is null ? state with { Audio = ready.Audio } : state;
            case PublishInput.CaptionsReady ready:
                return state.Captions is null ? state with { Captions = ready.WebVtt } : state;
            case PublishInput.TrickPlayReady ready:
                if (PublishCheck.TrickPlay(state.Spec.Plan, ready.Files) is { } trickError)
                {
                    effects.Add(new PublishEffect.Refused(null, trickError));
                    return state;
                }

                return state.IsTrickPlayKnown ? state : state with { TrickPlay = ready.Files?.Of(state.Spec.TrickPlay), IsTrickPlayKnown = true };
            default:
                throw new ArgumentOutOfRangeException(nameof(input), input, null);
        }
    }

    private static PublishState PutChunks(PublishState state, ImmutableArray<PublishEffect>.Builder effects)
    {
        while (state.Waiting.TryGetValue(state.ChunksOut, out var files))
        {
            state = state with { Waiting = state.Waiting.Remove(state.ChunksOut) };
            if (PublishCheck.SameDecoder(state, files) is { } error)
            {
                effects.Add(new PublishEffect.Refused(state.ChunksOut, error));
                break;
            }

            files = files[..state.Spec.Plan.Streamed.Length]; // The others become files for download.
            if (state.Rungs.IsEmpty)
            {
                state = state with { Rungs = [.. files.Select(f => new PublishedRung(f.Rung, f.Codecs, f.Init, []))] };
                Put(state, effects, files.Select(f => (PackageLayout.Init(f.Rung), f.Init)));
            }

            Put(state, effects, files.SelectMany(f => f.Segments.Select(s => (PackageLayout.Segment(f.Rung, s.Index), s.File))));
            state = state with
            {
                Rungs = [.. state.Rungs.Zip(files, (r, f) => r with { SegmentBytes = r.SegmentBytes.AddRange(f.Segments.Select(s => s.File.Bytes)) })],
                ChunksOut = state.ChunksOut + 1,
            };
        }

        return state;
    }

    // The sound is done early and in one piece, but shown only as far as the picture: all tracks cover the same time.
    private static PublishState PutAudio(PublishState state, ImmutableArray<PublishEffect>.Builder effects)
    {
        if (state.Audio is not { } audio || state.Rungs.IsEmpty)
        {
            return state;
        }

        if (state.AudioSegmentsOut == 0)
        {
            Put(state, effects, [(PackageLayout.Init(PackageLayout.Audio), audio.Init)]);
        }

        var end = state.Rungs[0].SegmentBytes.Count;
        Put(state, effects, audio.Segments.Take(state.AudioSegmentsOut..end).Select(s => (PackageLayout.Segment(PackageLayout.Audio, s.Index), s.File)));
        return state with { AudioSegmentsOut = end };
    }

    private static void Put(PublishState state, ImmutableArray<PublishEffect>.Builder effects, IEnumerable<(string Path, ArtifactRef File)> files)
    {
        if (state.WritesPackage)
        {
            effects.AddRange(files.Select(f => new PublishEffect.PutArtifact(f.Path, f.File)));
        }
    }

    private static PublishState PutManifests(PublishState state, ImmutableArray<PublishEffect>.Builder effects)
    {
        if (state.IsComplete || !state.WritesPackage || state.AudioSegmentsOut == 0)
        {
            return state;
        }

        var gained = state.ChunksOut - state.ChunksNamed;
        var isAllOut = state.ChunksOut == state.Spec.Plan.Chunks.Length;
        if (!state.HasAll && (gained == 0 || (!isAllOut && gained < state.ChunksNamed / GrowthShare)))
        {
            return state;
        }

        if (state.HasAll && state.Captions is { } captions && state.Spec.HasCaptions)
        {
            Put(state, effects, [(PackageLayout.CaptionsFile, captions)]);
        }

        if (state is { HasAll: true, TrickPlay: { } tracks })
        {
            Put(state, effects, TrickPlay(tracks));
        }

        foreach (var (path, text) in PublishTexts.Write(state))
        {
            effects.Add(new PublishEffect.PutText(path, text));
        }

        return state with { ChunksNamed = state.ChunksOut };
    }

    private static IEnumerable<(string Path, ArtifactRef File)> TrickPlay(TrickPlayFiles files) =>
        (files.IFrames is { } track ? new[] { (PackageLayout.IFramesFile, track.File) } : [])
        .Concat(files.Thumbnails is { } small ? small.Sheets.Select((sheet, index) => (PackageLayout.Sheet(index), sheet)) : []);
}
