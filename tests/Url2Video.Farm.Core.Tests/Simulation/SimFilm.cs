using System.Collections.Immutable;
using System.Globalization;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Errors;
using Url2Video.Farm.Core.Packaging.TrickPlay;
using Url2Video.Farm.Core.Planning;
using Url2Video.Farm.Core.Projects;

namespace Url2Video.Farm.Core.Tests.Simulation;

/// <summary>A planner as simple as can be: the storyboard says how many chunks there are, each of one segment.</summary>
internal sealed class SimPlanning : IPlanning
{
    public const int FramesPerChunk = 64;

    public Outcome<FilmPlan> Plan(StoryboardFacts facts, ImmutableArray<SceneSpeech?> speeches, ProjectRequest request)
    {
        var chunks = int.Parse(facts.Mix, CultureInfo.InvariantCulture);
        long frames = (long)chunks * FramesPerChunk;
        var scene = new SceneSlot(0, 0, frames * 1600, 0, frames, 0, 0);
        return new FilmPlan(
            facts.Fps, facts.Width, facts.Height, frames, frames * 1600, chunks * 100, [new Rung("1080p", 1920, 1080, 23, "fast")], [scene],
            [.. Enumerable.Range(0, chunks).Select(Chunk)]);
    }

    private static ChunkSlot Chunk(int k) => new(k, [new SegmentSlot(k, (long)k * FramesPerChunk, FramesPerChunk, k * 100L, 100)]);

    public JobKey KeyOf(JobWork work, StoryboardFacts? facts) => new(work switch
    {
        JobWork.Speak w => $"{w.Storyboard.Id}/speak/{w.Scene}",
        JobWork.Render w => $"{w.Storyboard.Id}/render/{w.Chunk.Index}",
        JobWork.Mix w => $"{w.Storyboard.Id}/mix",
        JobWork.Assemble w => $"{w.Storyboard.Id}/assemble",
        _ => work.Kind.ToString(),
    });
}

/// <summary>Films of the simulation: what is ordered, and what each job makes of it.</summary>
internal static class SimFilm
{
    public const string Captions = "captions.vtt";

    public static readonly Rational Fps = new(30, 1);

    private static readonly Brief Brief = new(1920, 1080, Fps, null, null, "en", -140, true, CaptionPlacement.Sidecar, 1);

    /// <param name="direct">The source is a storyboard already, so nothing is to be written.</param>
    public static ProjectRequest Request(int scenes, int chunks, bool direct) => new(
        direct ? new SourceSpec.StoryboardBundle(Pack(scenes, chunks), []) : new SourceSpec.WebPage(Pack(scenes, chunks)),
        Brief,
        OutputFormats.Hls,
        []);

    /// <summary>The result of a job. Apart from the source's, which may change between two looks, it is a function of the key.</summary>
    /// <param name="encoder">The word of the node's encoder build; what it makes differs from what others make.</param>
    public static JobResult ResultOf(JobSpec spec, long attempt, string encoder = "") => spec.Work switch
    {
        JobWork.Ingest { Source: SourceSpec.WebPage page } => new JobResult.Ingested(File($"{page.Url};{attempt}"), null, null, []),
        JobWork.Ingest { Source: SourceSpec.StoryboardBundle bundle } =>
            new JobResult.Ingested(null, File($"{bundle.Entry};board"), Facts(bundle.Entry), []),
        JobWork.Write w => new JobResult.Written(File($"board;{w.SourceDoc.Id}"), Facts(w.SourceDoc.Id.Sha256), []),
        JobWork.Speak => new JobResult.Spoken(new SceneSpeech(File(spec.Key + ".pcm"), File(spec.Key + ".json"), 48_000)),
        JobWork.Render w => new JobResult.Rendered(
            [new RungFiles("1080p", "avc1.640028", File("init" + encoder), [.. w.Chunk.Segments.Select(s => Segment(s, spec, s.Frames, encoder))])])
        {
            Encoder = encoder,
        },
        JobWork.Mix w => new JobResult.Mixed(
            "mp4a.40.2", File("audio-init"), [.. w.Segments.Select(s => Segment(s, spec, s.Packets))], -140, -10),
        JobWork.Assemble w => new JobResult.Assembled(
            [new OutputFile("video.mp4", File(spec.Key + ".mp4")), new OutputFile(Captions, File(spec.Key + ".vtt"))])
        {
            TrickPlay = w.TrickPlay is { } wanted ? TrickPlayOf(wanted, w.Fps, spec.Key) : null,
        },
        _ => throw new ArgumentOutOfRangeException(nameof(spec), spec.Work, null),
    };

    /// <summary>All files that a job reads.</summary>
    public static IEnumerable<ArtifactRef> InputsOf(JobWork work) => work switch
    {
        JobWork.Write w => [w.SourceDoc],
        JobWork.Speak w => [w.Storyboard],
        JobWork.Render w => w.Speech.SelectMany(SpeechFiles).Prepend(w.Storyboard),
        JobWork.Mix w => w.Speech.SelectMany(SpeechFiles).Prepend(w.Storyboard),
        JobWork.Assemble w => w.Video.Segments.Concat(w.Audio.Segments).Concat(w.Speech.SelectMany(SpeechFiles)).Concat([w.Storyboard, w.Video.Init, w.Audio.Init]),
        _ => [],
    };

    public static FarmError Missing(ArtifactId file) => new(ErrorCodes.ArtifactMissing, $"{file} is gone") { Artifact = file.Sha256 };

    private static IEnumerable<ArtifactRef> SpeechFiles(SceneSpeech? speech) => speech is null ? [] : [speech.Pcm, speech.Words];

    /// <summary>All files that a result names.</summary>
    public static IEnumerable<ArtifactRef> FilesOf(JobResult result) => result switch
    {
        JobResult.Ingested r => new[] { r.SourceDoc, r.Storyboard }.OfType<ArtifactRef>(),
        JobResult.Written r => [r.Storyboard],
        JobResult.Spoken r => [r.Speech.Pcm, r.Speech.Words],
        JobResult.Rendered r => r.Rungs.SelectMany(g => g.Segments.Select(s => s.File).Append(g.Init)),
        JobResult.Mixed r => r.Segments.Select(s => s.File).Append(r.Init),
        JobResult.Assembled r => r.Files.Select(f => f.File).Concat(r.TrickPlay?.All() ?? []),
        _ => [],
    };

    private static string Pack(int scenes, int chunks) => string.Create(CultureInfo.InvariantCulture, $"{scenes},{chunks}");

    private static StoryboardFacts Facts(string packed)
    {
        var numbers = packed.Split(';')[0].Split(',');
        var scenes = Enumerable.Range(0, int.Parse(numbers[0], CultureInfo.InvariantCulture))
            .Select(i => new SceneFacts($"s{i}", i % 5 == 3 ? null : $"say{i}", "v", 0, null, 0, 0, 0, i % 4 == 1 ? ["voice:flite"] : []));
        return new("Film", "en", 1920, 1080, Fps, numbers[1], [.. scenes]);
    }

    private static SegmentFile Segment(SegmentSlot slot, JobSpec spec, int length, string encoder = "") =>
        new(slot.Index, File($"{spec.Key}.{slot.Index}{encoder}.m4s"), length);

    private static TrickPlayFiles TrickPlayOf(TrickPlayWork work, Rational fps, JobKey key)
    {
        var bytes = Enumerable.Repeat(9_000, IFrameGrid.Count(work.Frames, fps)).ToImmutableArray();
        return new(
            new IFrameFile("avc1.64100d", work.Rung.Width, work.Rung.Height, File(key + ".iframes") with { Bytes = 800 + bytes.Sum(b => (long)b) }, 800, bytes),
            new ThumbnailFiles(192, 108, [.. Enumerable.Range(0, ThumbnailGrid.Sheets(work.Frames, fps)).Select(i => File($"{key}.{i}.jpg"))]));
    }

    private static ArtifactRef File(string name) => new(new ArtifactId(name), name.Length);
}
