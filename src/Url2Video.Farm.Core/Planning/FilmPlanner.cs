using System.Collections.Immutable;
using System.Globalization;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Errors;

namespace Url2Video.Farm.Core.Planning;

/// <summary>Turns a storyboard and the real lengths of its speech into the plan that all later work follows.</summary>
public static class FilmPlanner
{
    public const int FpsMax = 120;

    /// <summary>
    /// A scene lasts lead + speech + tail, but not less than its minimum; a fixed time wins, and must hold lead + speech.
    /// Scene starts are exact on the sample clock and frames are the differences of their floors, so nothing drifts.
    /// </summary>
    /// <param name="speech">One entry a scene, in order; null for a silent scene.</param>
    /// <param name="ladder">Wanted short sides; empty for the default ladder.</param>
    public static Outcome<FilmPlan> Plan(StoryboardFacts facts, ImmutableArray<SceneSpeech?> speech, ImmutableArray<int> ladder) =>
        Plan(facts, speech, ladder, OutputFormats.Package, EncodingWishes.Customary);

    /// <inheritdoc cref="Plan(StoryboardFacts, ImmutableArray{SceneSpeech?}, ImmutableArray{int})"/>
    /// <param name="formats">Which renditions are needed follows from them.</param>
    public static Outcome<FilmPlan> Plan(
        StoryboardFacts facts, ImmutableArray<SceneSpeech?> speech, ImmutableArray<int> ladder, OutputFormats formats, EncodingWishes encoding)
    {
        if (facts.Fps.Numerator < facts.Fps.Denominator || facts.Fps.Numerator > FpsMax * facts.Fps.Denominator)
        {
            return new FarmError(ErrorCodes.InvalidArgument, $"{facts.Fps} frames a second cannot be made.", $"Choose 1 to {FpsMax}.");
        }

        if (facts.Scenes.IsDefaultOrEmpty || facts.Scenes.Length > Limits.ScenesPerStoryboardMax)
        {
            return Invalid($"A storyboard has 1 to {Limits.ScenesPerStoryboardMax} scenes.", null);
        }

        ArgumentOutOfRangeException.ThrowIfNotEqual(speech.Length, facts.Scenes.Length, nameof(speech));
        var rungs = Renditions.For(facts.Width, facts.Height, ladder, formats, encoding);
        if (!rungs.IsOk)
        {
            return rungs.Error;
        }

        var slots = Slots(facts, speech);
        var plan = slots.IsOk ? Assemble(facts, rungs.Value, slots.Value, IsStreamed(formats, rungs.Value)) : slots.Error;
        return plan.IsOk && FormatBounds.Problem(plan.Value, formats, encoding) is { } problem ? problem : plan;
    }

    // Rare key frames are for codecs that have others; chunks of whole pictures are better short.
    private static bool IsStreamed(OutputFormats formats, ImmutableArray<Rung> rungs) =>
        (formats & (OutputFormats.Hls | OutputFormats.Dash)) != 0 || rungs.Any(r => r.Codec is VideoCodec.ProRes422 or VideoCodec.ProRes4444 or VideoCodec.Png);

    private static Outcome<FilmPlan> Assemble(StoryboardFacts facts, ImmutableArray<Rung> rungs, ImmutableArray<SceneSlot> slots, bool isStreamed)
    {
        var frames = slots[^1].StartFrame + slots[^1].Frames;
        var segments = frames / ChunkGrid.SegmentFrames(facts.Fps) + 1;
        if (segments > (long)Limits.ChunksPerProjectMax * ChunkGrid.SegmentsPerChunk)
        {
            return new FarmError(ErrorCodes.TooLarge, $"A film of {frames} frames is too long.", "Split the storyboard.");
        }

        var samples = SampleClock.SamplesAt(frames, facts.Fps);
        return new FilmPlan(
            facts.Fps,
            facts.Width,
            facts.Height,
            frames,
            samples,
            SampleClock.PacketsFor(samples),
            rungs,
            slots,
            isStreamed ? ChunkGrid.Cut(frames, facts.Fps) : SceneCuts.Cut(slots, facts.Fps));
    }

    private static Outcome<ImmutableArray<SceneSlot>> Slots(StoryboardFacts facts, ImmutableArray<SceneSpeech?> speech)
    {
        var slots = ImmutableArray.CreateBuilder<SceneSlot>(facts.Scenes.Length);
        var start = 0L;
        for (var index = 0; index < facts.Scenes.Length; index++)
        {
            var scene = facts.Scenes[index];
            var words = SamplesOf(scene.MsLead) + (speech[index]?.Samples ?? 0);
            var samples = scene.MsFixed is { } ms ? SamplesOf(ms) : Math.Max(SamplesOf(scene.MsMin), words + SamplesOf(scene.MsTail));
            if (words > samples && speech[index] is not null)
            {
                return Invalid(
                    $"Scene '{scene.Id}' is fixed at {Seconds(samples)} s, but its narration ends at {Seconds(words)} s.",
                    "Give the scene more time, shorten the narration, or leave its time out.");
            }

            var startFrame = SampleClock.FramesIn(start, facts.Fps);
            var frames = SampleClock.FramesIn(start + samples, facts.Fps) - startFrame;
            if (frames < 1)
            {
                return Invalid($"Scene '{scene.Id}' is shorter than one frame.", "Give it a time, or something to say.");
            }

            var transition = index == 0 ? 0 : Transition(scene.MsTransition, facts.Fps, slots[index - 1].Frames, frames);
            if (index > 0)
            {
                slots[index - 1] = slots[index - 1] with { TailFrames = transition };
            }

            slots.Add(new SceneSlot(index, start, samples, startFrame, frames, transition, start + SamplesOf(scene.MsLead)));
            start += samples;
        }

        return slots.MoveToImmutable();
    }

    // Clipped to half of both scenes: a transition must neither swallow a scene nor meet the next one.
    private static int Transition(int millis, Rational fps, long before, long frames) =>
        (int)Math.Min(SampleClock.FramesIn(SamplesOf(millis), fps), Math.Min(before, frames) / 2);

    private static long SamplesOf(int millis) => (long)Math.Max(0, millis) * SampleClock.SamplesPerMilli;

    private static string Seconds(long samples) => (samples / (decimal)SampleClock.SamplesPerSecond).ToString("0.00", CultureInfo.InvariantCulture);

    private static FarmError Invalid(string message, string? wayOut) => new(ErrorCodes.InvalidStoryboard, message, wayOut);
}
