using System.Collections.Immutable;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Errors;
using Url2Video.Farm.Core.Outputs;
using Url2Video.Farm.Core.Planning;
using Url2Video.Farm.Core.Publishing;
using Url2Video.Farm.Core.Quality;

namespace Url2Video.Farm.Core.Projects;

/// <summary>Whether a result is one the job can have. Nodes are not trusted to be sane: a wrong one is a failure.</summary>
internal static class ResultCheck
{
    /// <summary>
    /// A chunk of another build than the film's other chunks. It was granted before the first one came back, or made again after an upgrade: the
    /// job is innocent, and the need in its next grant keeps it from such nodes.
    /// </summary>
    public static FarmError? OtherEncoder(ProjectState state, JobResult result) =>
        result is JobResult.Rendered { Encoder: { Length: > 0 } made } && state.Model is { Encoder: { Length: > 0 } wanted } && made != wanted
            ? new(ErrorCodes.ResultWrong, $"The chunk was made by another build of the encoder than the chunks before ({wanted}).", "Keep a node with that build until the film is done.", Retryable: true)
            : null;

    /// <returns>Null when the result may enter the journal.</returns>
    public static FarmError? Problem(ProjectState state, DueJob job, JobResult result) =>
        OfKind(state, job, result) ?? LostResults.Difference(state, job, result);

    private static FarmError? OfKind(ProjectState state, DueJob job, JobResult result) => (job.Kind, result) switch
    {
        (JobKind.Ingest, JobResult.Ingested r) => OfIngested(r),
        (JobKind.Write, JobResult.Written r) => OfFacts(r.Facts),
        (JobKind.Speak, JobResult.Spoken r) => r.Speech.Samples > 0 ? null : Wrong(job, "the speech has no samples"),
        (JobKind.Render, JobResult.Rendered r) => OfChunk(state, job, r.Rungs),
        (JobKind.Mix, JobResult.Mixed r) => !PublishCheck.IsCodecs(r.Codecs)
            ? Wrong(job, "it names no codec")
            : r.Track is null && FormatCatalog.In(state.Request!.Formats).Any(f => f.NeedsTrack)
            ? Wrong(job, "the sound without loss is missing")
            : OfSegments(job, [.. state.Plan!.Chunks.SelectMany(c => c.Segments)], r.Segments, s => s.Packets),
        (JobKind.Assemble, JobResult.Assembled r) => r switch
        {
            { Files.IsDefaultOrEmpty: true } => Wrong(job, "there is no file"),
            { Verdict: null } when state.Request!.Quality == QualityMode.Gate => Wrong(job, "it is not judged"), // A node from before there was a judge.
            _ => PublishCheck.TrickPlay(state.Plan!, r.TrickPlay) is { } problem ? Wrong(job, problem.Message) : null,
        },
        _ => Wrong(job, $"it is a {result.GetType().Name}"),
    };

    private static FarmError? OfIngested(JobResult.Ingested r) => r switch
    {
        { Storyboard: not null, Facts: { } facts } => OfFacts(facts),
        { SourceDoc: not null, Storyboard: null, Facts: null } => null,
        _ => Wrong(new DueJob(JobKind.Ingest, 0), "it is neither a source document nor a storyboard"),
    };

    private static FarmError? OfFacts(StoryboardFacts facts) => facts.Scenes switch
    {
        { IsDefaultOrEmpty: true } => Invalid("The storyboard has no scene."),
        { Length: > Limits.ScenesPerStoryboardMax } =>
            Invalid($"The storyboard has {facts.Scenes.Length} scenes; {Limits.ScenesPerStoryboardMax} are possible."),
        _ when facts.Fps.Numerator <= 0 || facts.Width <= 0 || facts.Height <= 0 => Invalid("The storyboard has no size or no frame rate."),
        _ when facts.Scenes.Any(IsNegative) => Invalid("A scene of the storyboard has a negative time."),
        _ => null,
    };

    private static bool IsNegative(SceneFacts s) => s.MsMin < 0 || s.MsFixed < 0 || s.MsLead < 0 || s.MsTail < 0 || s.MsTransition < 0;

    private static FarmError? OfChunk(ProjectState state, DueJob job, ImmutableArray<RungFiles> rungs)
    {
        var ladder = state.Plan!.Ladder;
        if (rungs.IsDefault || !rungs.Select(r => r.Rung).SequenceEqual(ladder.Select(r => r.Name)))
        {
            return Wrong(job, "its rungs are not those of the ladder");
        }

        // One init per rung for the whole film: a chunk of another encoder would not play after the others.
        for (var i = 0; i < rungs.Length; i++)
        {
            if (state.Model is { } model && (model.Rungs[i].Init != rungs[i].Init || model.Rungs[i].Codecs != rungs[i].Codecs))
            {
                return Wrong(job, $"rung {rungs[i].Rung} has another init segment than the chunks before");
            }

            if (!PublishCheck.IsCodecs(rungs[i].Codecs))
            {
                return Wrong(job, $"rung {rungs[i].Rung} names no codec");
            }

            if (OfSegments(job, state.Plan.Chunks[job.Index].Segments, rungs[i].Segments, s => s.Frames) is { } problem)
            {
                return problem;
            }
        }

        return null;
    }

    private static FarmError? OfSegments(
        DueJob job, ImmutableArray<SegmentSlot> planned, ImmutableArray<SegmentFile> made, Func<SegmentSlot, int> length)
    {
        if (made.IsDefault || made.Length != planned.Length)
        {
            return Wrong(job, $"it has not the {planned.Length} segments of the plan");
        }

        for (var i = 0; i < made.Length; i++)
        {
            if (made[i].Index != planned[i].Index || made[i].Frames != length(planned[i]) || made[i].File.Bytes < 1)
            {
                return Wrong(job, $"segment {planned[i].Index} is not as planned");
            }
        }

        return null;
    }

    internal static FarmError Wrong(DueJob job, string why) => new(
        ErrorCodes.ResultWrong,
        $"The result of {job.Name} is not usable: {why}.",
        "Check that all nodes run the same version.",
        Retryable: true);

    private static FarmError Invalid(string message) => new(ErrorCodes.InvalidStoryboard, message);
}
