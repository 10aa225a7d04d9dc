using System.Collections.Immutable;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Nodes;
using Url2Video.Farm.Core.Outputs;
using Url2Video.Farm.Core.Planning;
using Url2Video.Farm.Core.Quality;

namespace Url2Video.Farm.Core.Projects;

/// <summary>The complete work order of an open job, from the project's state.</summary>
internal static class JobSpecs
{
    public static JobSpec Of(ProjectState state, DueJob job, IPlanning planning)
    {
        var work = WorkOf(state, job);
        return new(new JobId(state.Id, job.Name), planning.KeyOf(work, state.Facts), work, NeedsOf(state, job), SecondsMax(job.Kind))
        {
            // Also after a crash or a retry: the journal says that the last attempt came to nothing, not that its result is forgotten.
            WorkAnew = state.Troubles.GetValueOrDefault(job.Name) is { Failed: true },
            Band = state.Request!.Band,
            Weight = state.Request.Weight,
            Tenant = state.Request.Tenant,
            Limits = state.Request.Limits,
        };
    }

    /// <summary>True when open jobs of this kind read differently after the state moved: they have to be told.</summary>
    public static bool Differ(ProjectState before, ProjectState after, JobKind kind) =>
        (before.Request?.Band, before.Request?.Weight) != (after.Request?.Band, after.Request?.Weight)
        || (kind == JobKind.Render && before.Model?.Encoder != after.Model?.Encoder);

    /// <summary>Number of the first grant of the job in this term.</summary>
    public static long FirstAttempt(ProjectState state, DueJob job) =>
        AttemptNumber.FirstOf(state.Term, state.Remakes.GetValueOrDefault(job.Name)?.Times ?? 0);

    // All chunks of a film come from one encoder build, or they would not play after each other.
    public static ImmutableArray<string> NeedsOf(ProjectState state, DueJob job) => job.Kind switch
    {
        JobKind.Speak => state.Facts!.Scenes[job.Index].Needs,
        JobKind.Render => RenderNeeds(state, state.Plan!.Chunks[job.Index]),
        JobKind.Mix => NeedsTrack(state) ? [EncoderWords.Of("flac")] : [],
        JobKind.Assemble => AssembleNeeds(state),
        _ => [],
    };

    private static ImmutableArray<string> RenderNeeds(ProjectState state, ChunkSlot chunk)
    {
        var bound = EncoderWords.RequiredFor(state.Model?.Encoder);
        var (first, last) = ScenesSeen(state.Plan!.Scenes, chunk.FirstFrame, chunk.FirstFrame + chunk.Frames);
        var pictures = MemoryWords.Largest(state.Plan.Scenes[first..(last + 1)].SelectMany(s => PicturesOf(state, s.Index)));
        var others = state.Plan.Ladder.Select(CodecTable.NeedOf).OfType<string>().Concat(pictures).Distinct().ToList();
        return others.Count == 0 ? bound : [.. bound.Concat(others).Order(StringComparer.Ordinal)];
    }

    // The thumbnail is a frame of the film, of whichever scene.
    private static ImmutableArray<string> AssembleNeeds(ProjectState state)
    {
        var encoders = FormatCatalog.In(state.Request!.Formats).SelectMany(f => f.Encoders).Select(EncoderWords.Of);
        var pictures = MemoryWords.Largest(Enumerable.Range(0, state.Facts!.Scenes.Length).SelectMany(i => PicturesOf(state, i)));
        return [.. encoders.Concat(pictures).Distinct().Order(StringComparer.Ordinal)];
    }

    private static IEnumerable<string> PicturesOf(ProjectState state, int scene) => state.Facts!.Scenes[scene].PictureNeeds ?? [];

    private static bool NeedsTrack(ProjectState state) => FormatCatalog.In(state.Request!.Formats).Any(f => f.NeedsTrack);

    private static JobWork WorkOf(ProjectState state, DueJob job) => job.Kind switch
    {
        JobKind.Ingest => new JobWork.Ingest(state.Request!.Source, state.Request.Brief),
        JobKind.Write => new JobWork.Write(state.SourceDoc!.Value, state.Request!.Brief),
        JobKind.Speak => new JobWork.Speak(state.Storyboard!.Value, job.Index),
        JobKind.Render => Render(state, state.Plan!, state.Plan!.Chunks[job.Index]),
        JobKind.Mix => new JobWork.Mix(
            state.Storyboard!.Value,
            state.Plan!.Fps,
            state.Plan.Samples,
            state.Plan.Scenes,
            [.. state.Speeches],
            [.. state.Plan.Chunks.SelectMany(c => c.Segments)])
        {
            KeepsTrack = NeedsTrack(state),
            Quality = state.Request!.Quality,
        },
        _ => Assemble(state, state.Plan!, state.Sound!),
    };

    private static JobWork.Render Render(ProjectState state, FilmPlan plan, ChunkSlot chunk)
    {
        var (first, last) = ScenesSeen(plan.Scenes, chunk.FirstFrame, chunk.FirstFrame + chunk.Frames);
        var speech = Enumerable.Range(first, last - first + 1).Select(i => state.Speeches[plan.Scenes[i].Index]);
        return new(
            state.Storyboard!.Value, plan.Fps, plan.Width, plan.Height, plan.Ladder, plan.Scenes[first..(last + 1)], [.. speech], chunk)
        {
            Quality = state.Request!.Quality,
            GopFrames = ChunkGrid.GopFrames(plan.Chunks, plan.Fps) is var gop && gop == ChunkGrid.SegmentFrames(plan.Fps) ? 0 : gop,
        };
    }

    /// <summary>The scenes of which any frame of [from, to) shows something; the one before a transition counts while it is on.</summary>
    internal static (int First, int Last) ScenesSeen(ImmutableArray<SceneSlot> scenes, long from, long to)
    {
        var first = LastStartingAtOrBefore(scenes, from);
        var last = LastStartingAtOrBefore(scenes, to - 1);
        var inTransition = first > 0 && from < scenes[first].StartFrame + scenes[first].TransitionFrames;
        return (inTransition ? first - 1 : first, last);
    }

    private static int LastStartingAtOrBefore(ImmutableArray<SceneSlot> scenes, long frame)
    {
        var (low, high) = (0, scenes.Length - 1);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            (low, high) = scenes[middle].StartFrame <= frame ? (middle, high) : (low, middle - 1);
        }

        return low;
    }

    private static JobWork.Assemble Assemble(ProjectState state, FilmPlan plan, JobResult.Mixed sound)
    {
        var formats = FormatCatalog.In(state.Request!.Formats).ToList();
        // What is joined from H.264 takes the tallest rung, which has a place of its own.
        var sources = formats.Where(f => f is not { Pictures: PictureSource.Rung, Codec: VideoCodec.H264 })
            .Select(f => Renditions.SourceOf(f, plan.Ladder)).OfType<Rung>().Distinct().ToList();
        var track = formats.Any(f => f.NeedsTrack) ? sound.Track : null;
        return new(
            state.Storyboard!.Value,
            state.Request!.Formats,
            plan.Fps,
            plan.Scenes,
            [.. state.Speeches],
            plan.Streamed is [var tallest, ..] ? FilesOf(state, plan, tallest) : new RenditionFiles(sound.Init, []),
            new RenditionFiles(sound.Init, [.. sound.Segments.Select(s => s.File)]))
        {
            Sources = sources.Count == 0 && track is null ? null : new FileSources([.. sources.Select(r => new FileRendition(r, FilesOf(state, plan, r)))], track),
            Quality = state.Request.Quality == QualityMode.Off ? null : QualityOf(state, plan, sound),
        };
    }

    private static QualityWork QualityOf(ProjectState state, FilmPlan plan, JobResult.Mixed sound) => new(
        state.Request!.Quality,
        ShortSideMin(state.Request),
        plan.Ladder.IsEmpty ? 0 : plan.Frames,
        plan.Samples,
        [.. state.Chunks.Select(c => c!.Measure).OfType<ArtifactRef>()],
        sound.Measure,
        sound.LoudnessLufsTenths,
        sound.TruePeakDbTenths);

    // 1080 lines unless somebody chose less: by an option, in a document, or by a preset, which knows what its platform shows.
    private static int ShortSideMin(ProjectRequest request) =>
        request.Encoding is { Preset.Length: > 0 } ? 0
        : request.Source is SourceSpec.StoryboardBundle || request.Brief.Explicit.HasFlag(BriefFields.Size) ? QualityBounds.ShortSideMinChosen
        : QualityBounds.ShortSideMin;

    private static RenditionFiles FilesOf(ProjectState state, FilmPlan plan, Rung rung)
    {
        var index = plan.Ladder.IndexOf(rung);
        var files = state.Chunks.Select(c => c!.Rungs[index]).ToList();
        return new(files[0].Init, [.. files.SelectMany(r => r.Segments).Select(s => s.File)]);
    }

    internal static int SecondsMax(JobKind kind) => kind switch
    {
        JobKind.Ingest => Limits.IngestSecondsMax,
        JobKind.Write => Limits.WriteSecondsMax,
        JobKind.Speak => Limits.SpeakSecondsMax,
        JobKind.Render => Limits.RenderSecondsMax,
        JobKind.Mix => Limits.MixSecondsMax,
        _ => Limits.AssembleSecondsMax,
    };
}
