using System.Collections.Immutable;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Nodes;
using Url2Video.Farm.Core.Storyboards;
using Url2Video.Farm.Media.Composition;
using Url2Video.Farm.Core.Quality;
using Url2Video.Farm.Media.Pixels;
using Url2Video.Farm.Node.Plugins;
using Url2Video.Farm.Media.Quality;
using Url2Video.Farm.Node.Work.Quality;

namespace Url2Video.Farm.Node.Work;

/// <summary>One chunk: each frame is composed once and encoded for every rung of the ladder, one thread for all of it.</summary>
/// <param name="encoder">The word of this node's encoder build, see <see cref="EncoderWords"/>; empty: not told.</param>
/// <param name="plugins">Those of this machine; null: none.</param>
/// <param name="room">For the pictures of a scene; null: the usual.</param>
public sealed class RenderWork(string encoder = "", PluginShelf? plugins = null, SceneRoom? room = null) : IWork
{
    public JobKind Kind => JobKind.Render;

    public async Task<JobResult> RunAsync(JobSpec job, WorkContext context)
    {
        var work = (JobWork.Render)job.Work;
        if (work.Ladder.IsEmpty)
        {
            return new JobResult.Rendered([]) { Encoder = encoder }; // Only sound is wanted.
        }

        var board = await StoryboardFile.ReadAsync(context.Artifacts, work.Storyboard, context.Cancellation).ConfigureAwait(false);
        var captions = board.Captions.IsBurned
            ? await SpeechFiles.CaptionsOfAsync(work, context).ConfigureAwait(false)
            : [];
        var film = FilmBuilder.Build(board, work.Fps, work.Width, work.Height, work.Scenes, captions);
        var pictures = new ArtifactPictures(context, work.Width, work.Height, PicturesOf.Scenes(board, work.Scenes));
        if (room is { WorkerMib: > 0 and < Limits.WorkerMemoryMibDefault } || work.Scenes.Any(s => IsLayered(board.Scenes[s.Index])))
        {
            // Ingest has judged it; but the work may be older than that, or its storyboard from elsewhere.
            SceneMemoryCheck.Require(board, work.Scenes, work.Width, work.Height, work.Fps, pictures.FactsOf, room ?? SceneRoom.Usual);
        }

        var meter = work.Quality == QualityMode.Off ? null : FrameTapes.MeterOf(board.Palette, work.Width, work.Height);
        var encoded = MediaFaults.Guard(job, () => Encode(work, film, pictures, meter, context));

        var rungs = ImmutableArray.CreateBuilder<RungFiles>(work.Ladder.Length);
        foreach (var (rung, (init, codecs, segments)) in work.Ladder.Zip(encoded))
        {
            var files = ImmutableArray.CreateBuilder<SegmentFile>(segments.Length);
            foreach (var (slot, bytes) in work.Chunk.Segments.Zip(segments))
            {
                files.Add(new SegmentFile(slot.Index, await context.Artifacts.WriteAsync(bytes, context.Cancellation).ConfigureAwait(false), slot.Frames));
            }

            var initFile = await context.Artifacts.WriteAsync(init, context.Cancellation).ConfigureAwait(false);
            rungs.Add(new RungFiles(rung.Name, codecs, initFile, files.MoveToImmutable()));
        }

        return new JobResult.Rendered(rungs.MoveToImmutable()) { Encoder = encoder, Measure = await StoreAsync(meter, work, context).ConfigureAwait(false) };
    }

    // One picture, whatever its size, always fits the usual worker.
    private static bool IsLayered(Scene scene) => !scene.Layers.IsEmpty || scene.Visual is Visual.Image { Brushes.IsEmpty: false };

    private static async Task<Core.ArtifactRef?> StoreAsync(PictureMeter? meter, JobWork.Render work, WorkContext context) => meter is null
        ? null
        : await context.Artifacts.WriteAsync(PictureTapeFile.Write(FrameTapes.TapeOf(meter, work.Chunk.FirstFrame, work.Scenes)), context.Cancellation).ConfigureAwait(false);

    private (byte[] Init, string Codecs, ImmutableArray<byte[]> Segments)[] Encode(
        JobWork.Render work, Film film, ArtifactPictures pictures, PictureMeter? meter, WorkContext context)
    {
        var encoders = new List<ChunkEncoder>(work.Ladder.Length);
        try
        {
            foreach (var rung in work.Ladder)
            {
                encoders.Add(new ChunkEncoder(rung, work.Chunk, work.Fps, work.Width, work.Height, work.GopFrames));
            }

            using var filters = new PluginFilters(plugins ?? PluginShelf.None, context.ScratchDir, context.Cancellation);
            using var renderer = new FilmRenderer(film, FilmFonts.Shared, pictures, filters);
            using var frame = new YuvImage(work.Width, work.Height);
            var offset = work.Chunk.FirstFrame - work.Scenes[0].StartFrame;
            for (var i = 0; i < work.Chunk.Frames; i++)
            {
                context.Cancellation.ThrowIfCancellationRequested();
                renderer.Compose(offset + i, frame);
                Measure(meter, renderer, frame, offset + i, work.Chunk.FirstFrame + i);
                foreach (var encoder in encoders)
                {
                    encoder.Encode(frame, i);
                }

                context.Progress.Report(new WorkProgress(i + 1, work.Chunk.Frames));
            }

            return [.. encoders.Select(e => e.Finish())];
        }
        finally
        {
            encoders.ForEach(e => e.Dispose());
        }
    }

    /// <param name="at">Of the part that is rendered.</param>
    /// <param name="number">Of the film: which frames are looked at closely must not depend on the chunk.</param>
    private static void Measure(PictureMeter? meter, FilmRenderer renderer, YuvImage frame, long at, long number) =>
        meter?.Add(frame, number, meter.IsLookedAtClosely(number) ? renderer.TextsAt(at) : []);
}
