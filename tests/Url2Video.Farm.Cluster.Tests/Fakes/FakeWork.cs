using System.Collections.Concurrent;
using System.Collections.Immutable;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Node;

namespace Url2Video.Farm.Cluster.Tests.Fakes;

/// <summary>
/// All kinds of work, done at once and with files that say what they are. A test may stand in the way of any job.
/// </summary>
internal sealed class FakeFarmhand(int scenes)
{
    /// <summary>Every job that was really worked, by name, in order.</summary>
    public ConcurrentQueue<string> Worked { get; } = new();

    /// <summary>Awaited before a job does anything; may throw.</summary>
    public Func<JobSpec, WorkContext, Task> Before { get; set; } = static (_, _) => Task.CompletedTask;

    /// <summary>Capabilities that the storyboard asks for.</summary>
    public ImmutableArray<string> Needs { get; set; } = [];

    public IEnumerable<IWork> Works => Enum.GetValues<JobKind>().Select(kind => new One(kind, this));

    private async Task<JobResult> DoAsync(JobSpec job, WorkContext context)
    {
        await Before(job, context);
        Worked.Enqueue(job.Id.Name);
        return job.Work switch
        {
            JobWork.Ingest => new JobResult.Ingested(await PutAsync(context, "source"), null, null, []),
            JobWork.Write => new JobResult.Written(await PutAsync(context, "storyboard"), FakeFilm.Facts(scenes, Needs), ["Made of nothing."]),
            JobWork.Speak w => new JobResult.Spoken(new SceneSpeech(
                await PutAsync(context, $"pcm {w.Scene}"), await PutAsync(context, $"words {w.Scene}"), 96_000)),
            JobWork.Render w => await RenderAsync(w, context),
            JobWork.Mix w => await MixAsync(w, context),
            JobWork.Assemble => new JobResult.Assembled(
            [
                new OutputFile("video.mp4", await PutAsync(context, "mp4", 4_096)),
                new OutputFile("captions.vtt", await PutAsync(context, "WEBVTT\n")),
                new OutputFile("thumbnail.jpg", await PutAsync(context, "jpg")),
            ]),
            _ => throw new InvalidOperationException($"No fake for {job.Work.Kind}."),
        };
    }

    private static async Task<JobResult> RenderAsync(JobWork.Render work, WorkContext context)
    {
        var rungs = ImmutableArray.CreateBuilder<RungFiles>();
        foreach (var rung in work.Ladder)
        {
            var segments = ImmutableArray.CreateBuilder<SegmentFile>();
            foreach (var slot in work.Chunk.Segments)
            {
                segments.Add(new(slot.Index, await PutAsync(context, $"{rung.Name} segment {slot.Index}", 256), slot.Frames));
            }

            rungs.Add(new(rung.Name, "avc1.64001e", await PutAsync(context, $"{rung.Name} init"), segments.ToImmutable()));
        }

        context.Progress.Report(new WorkProgress(1, 2));
        return new JobResult.Rendered(rungs.ToImmutable());
    }

    private static async Task<JobResult> MixAsync(JobWork.Mix work, WorkContext context)
    {
        var segments = ImmutableArray.CreateBuilder<SegmentFile>();
        foreach (var slot in work.Segments)
        {
            segments.Add(new(slot.Index, await PutAsync(context, $"sound {slot.Index}"), slot.Packets));
        }

        return new JobResult.Mixed("mp4a.40.2", await PutAsync(context, "sound init"), segments.ToImmutable(), -140, -10);
    }

    private static async Task<ArtifactRef> PutAsync(WorkContext context, string what, int bytes = 64) =>
        await context.Artifacts.WriteAsync(FakeFilm.Bytes(what, bytes), context.Cancellation);

    private sealed class One(JobKind kind, FakeFarmhand hand) : IWork
    {
        public JobKind Kind => kind;

        public Task<JobResult> RunAsync(JobSpec job, WorkContext context) => hand.DoAsync(job, context);
    }
}
