using System.Globalization;
using Url2Video.Farm.Content;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Node.Plugins;

namespace Url2Video.Farm.Node.Work;

/// <summary>The source to a SourceDoc with its images, or to a checked storyboard.</summary>
public sealed class IngestWork(TimeProvider clock, NodeVoices voices, PluginShelf? plugins = null, SceneRoom? room = null) : IWork, IDisposable
{
    private readonly IngestService _service = new(clock);
    private readonly ConfinedImageProbe _probe = new(room ?? SceneRoom.Usual);

    public JobKind Kind => JobKind.Ingest;

    /// <summary>A farm of one process refuses what its workers cannot hold; on one of nodes the result says what is needed, wherever it is made.</summary>
    public string Here => room is null or { OthersMayHaveMore: true } ? "" : string.Create(CultureInfo.InvariantCulture, $"room of {room.WorkerMib}");

    public Task<JobResult> RunAsync(JobSpec job, WorkContext context) => MediaFaults.GuardAsync<JobResult>(job, async () =>
    {
        var work = (JobWork.Ingest)job.Work;
        var result = await _service.IngestAsync(work.Source, work.Brief, context.Artifacts, _probe, context.Cancellation).ConfigureAwait(false);
        if (result.Storyboard is { } storyboard)
        {
            await voices.RequireAsync(storyboard, context).ConfigureAwait(false);
            (plugins ?? PluginShelf.None).Require(await StoryboardFile.ReadAsync(context.Artifacts, storyboard, context.Cancellation).ConfigureAwait(false));
            var warnings = await SoundCheck.RunAsync(storyboard, work.Source, context).ConfigureAwait(false);
            var seen = await ClipCheck.RunAsync(storyboard, work.Source, context).ConfigureAwait(false);
            return result with { Warnings = result.Warnings.AddRange(warnings).AddRange(seen) };
        }

        return result;
    });

    public void Dispose() => _service.Dispose();
}
