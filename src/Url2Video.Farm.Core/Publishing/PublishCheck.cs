using System.Collections.Immutable;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Errors;
using Url2Video.Farm.Core.Packaging.TrickPlay;
using Url2Video.Farm.Core.Planning;

namespace Url2Video.Farm.Core.Publishing;

/// <summary>Refuses results that do not fit the plan before anything of them is visible.</summary>
internal static class PublishCheck
{
    private const int CodecsCharsMax = 64;

    public static FarmError? Chunk(FilmPlan plan, PublishInput.ChunkReady ready)
    {
        if (ready.Chunk < 0 || ready.Chunk >= plan.Chunks.Length)
        {
            return Wrong($"The plan has no chunk {ready.Chunk}.");
        }

        var slots = plan.Chunks[ready.Chunk].Segments;
        if (ready.Rungs.IsDefault || !ready.Rungs.Select(r => r.Rung).SequenceEqual(plan.Ladder.Select(r => r.Name)))
        {
            return Wrong($"Chunk {ready.Chunk} does not have the rungs of the plan.");
        }

        foreach (var files in ready.Rungs)
        {
            if (!IsCodecs(files.Codecs) || !Fits(files.Segments, slots, s => s.Frames))
            {
                return Wrong($"Chunk {ready.Chunk} of {files.Rung} does not have the segments of the plan.");
            }
        }

        return null;
    }

    public static FarmError? Audio(FilmPlan plan, JobResult.Mixed audio) =>
        IsCodecs(audio.Codecs) && Fits(audio.Segments, [.. plan.Chunks.SelectMany(c => c.Segments)], s => s.Packets)
            ? null
            : Wrong("The sound does not have the segments and packets of the plan.");

    /// <summary>Pictures and sheets that are as many as the film asks for. What is not there at all is no fault.</summary>
    public static FarmError? TrickPlay(FilmPlan plan, TrickPlayFiles? files)
    {
        const int SideMax = 8_192;
        if (files?.IFrames is { } track && !(IsCodecs(track.Codecs) && track is { Width: > 0 and <= SideMax, Height: > 0 and <= SideMax, InitBytes: > 0, Bytes.IsDefault: false }
            && track.Bytes.Length == IFrameGrid.Count(plan.Frames, plan.Fps) && track.Bytes.All(b => b > 0) && track.Bytes.Sum(b => (long)b) + track.InitBytes == track.File.Bytes))
        {
            return Wrong("The I-frames are not those of the plan.");
        }

        return files?.Thumbnails is { } small && !(small is { Width: > 0 and <= ThumbnailGrid.SideMax, Height: > 0 and <= ThumbnailGrid.SideMax, Sheets.IsDefault: false }
            && small.Sheets.Length == ThumbnailGrid.Sheets(plan.Frames, plan.Fps) && small.Sheets.All(s => s.Bytes > 0))
            ? Wrong("The sheets of small pictures are not those of the plan.")
            : null;
    }

    /// <summary>
    /// Init segments are named by their content, and hold nothing but the decoder configuration: one name, one parameter set.
    /// A chunk with another would decode to wrong colours and blocks without any error.
    /// </summary>
    public static FarmError? SameDecoder(PublishState state, ImmutableArray<RungFiles> files)
    {
        for (var index = 0; index < state.Rungs.Length; index++)
        {
            if (state.Rungs[index].Init != files[index].Init || state.Rungs[index].Codecs != files[index].Codecs)
            {
                return Wrong($"Chunk {state.ChunksOut} of {files[index].Rung} was encoded with other parameter sets than the chunks before.");
            }
        }

        return null;
    }

    private static bool Fits(ImmutableArray<SegmentFile> files, ImmutableArray<SegmentSlot> slots, Func<SegmentSlot, int> samples)
    {
        if (files.IsDefault || files.Length != slots.Length)
        {
            return false;
        }

        for (var index = 0; index < files.Length; index++)
        {
            if (files[index].Index != slots[index].Index || files[index].Frames != samples(slots[index]) || files[index].File.Bytes < 1)
            {
                return false;
            }
        }

        return true;
    }

    // The string goes between quotes into playlists.
    internal static bool IsCodecs(string codecs) =>
        codecs.Length is > 0 and <= CodecsCharsMax && codecs.All(c => char.IsAsciiLetterOrDigit(c) || c == '.');

    private static FarmError Wrong(string message) => new(ErrorCodes.MediaFailed, message, Retryable: true);
}
