using System.Collections.Immutable;
using Url2Video.Farm.Cluster.Link;
using Url2Video.Farm.Cluster.Protocol;
using Url2Video.Farm.Cluster.Settings;
using Url2Video.Farm.Cluster.Tests.Fakes;
using Url2Video.Farm.Cluster.Webhooks;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Dispatch;
using Url2Video.Farm.Core.Errors;
using Url2Video.Farm.Core.Jobs;
using Url2Video.Farm.Core.Nodes;
using Url2Video.Farm.Core.Planning;
using Url2Video.Farm.Core.Projects;
using Url2Video.Farm.Core.Settings;
using Url2Video.Farm.Core.Webhooks;

namespace Url2Video.Farm.Cluster.Tests.Serialization;

/// <summary>
/// One fixed example of every record and union case that is stored or sent. Examples are added, never changed: their bytes are
/// what farms in the field have in their journals.
/// </summary>
internal static class WireSamples
{
    private static readonly ProjectId Project = new("prj_01JCY0000000000000000000AA");
    private static readonly JobId Render3 = new(Project, "render/000003");
    private static readonly NodeIncarnation Node = new(new NodeId("node-7"), 12);
    private static readonly Lease Lease = new(Render3, 3_145_729, Node);
    private static readonly JobKey Key = new(FakeFilm.Hash("key"));
    private static readonly DateTimeOffset At = new(2026, 11, 22, 14, 48, 24, 125, TimeSpan.Zero);
    private static readonly FarmError Error = new(ErrorCodes.DiskFull, "The disk is full.", "Free some space.", Retryable: true);

    private static readonly WebhookCall Call = new("msg_1_2_failed", "https://example.test/hook", "studio", "video.failed", """{"type":"video.failed"}""");
    private static readonly WebhookTry Try = new(At, new WebhookAnswer(503, "ERR_NETWORK no answer", 120));

    private static readonly Rung Rung = new("1080p", 1920, 1080, 21, "veryfast");
    private static readonly SceneSlot Scene = new(1, 48_000, 96_000, 30, 60, 12, 52_800);
    private static readonly SegmentSlot Segment = new(6, 384, 64, 600, 100);
    private static readonly ChunkSlot Chunk = new(3, [Segment]);
    private static readonly SceneSpeech Speech = new(File("pcm"), File("words"), 91_234);
    private static readonly ImmutableArray<RungFiles> Rungs = [new("1080p", "avc1.640028", File("init"), [new SegmentFile(6, File("segment"), 64)])];

    private static readonly StoryboardFacts Facts = new(
        "Ein „Titel“ mit Ümlauten",
        "de",
        1920,
        1080,
        new Rational(30_000, 1_001),
        FakeFilm.Hash("mix"),
        [
            new("hook", FakeFilm.Hash("say"), FakeFilm.Hash("visual"), 1_500, null, 200, 300, 0, ["voice:espeak"]),
            new("end", null, FakeFilm.Hash("visual 2"), 1_500, 4_000, 0, 0, 400, []),
        ]);

    private static readonly Brief Brief = new(1920, 1080, new Rational(30, 1), 60, "flite:rms", "en", -140, true, CaptionPlacement.Both, ulong.MaxValue)
    {
        Explicit = BriefFields.Size | BriefFields.Seed,
    };

    private static readonly JobResult.Ingested Ingested = new(File("doc"), null, null, ["One image could not be read."]);
    private static readonly JobResult.Written Written = new(File("storyboard"), Facts, []);
    private static readonly JobResult.Mixed Mixed = new("mp4a.40.2", File("init"), [new(0, File("sound"), 100)], -140, -11);
    private static readonly JobResult.Assembled Assembled = new([new OutputFile("video.mp4", File("mp4"))]);

    private static readonly FilmPlan Plan = new(new Rational(30, 1), 1920, 1080, 64, 102_400, 100, [Rung], [Scene], [Chunk]);

    /// <summary>Every message that may stand alone, once.</summary>
    public static IEnumerable<object> Messages =>
    [
        new ProjectEvent.Submitted(Request(new SourceSpec.WebPage("https://example.test/a?b=c", true)), At),
        new ProjectEvent.TermStarted(4, At),
        new ProjectEvent.SourceIngested(1_048_577, Ingested),
        new ProjectEvent.StoryboardWritten(1_048_578, Written),
        new ProjectEvent.ScenesSpoken([new SpokenScene(0, 1_048_579, Speech)]),
        new ProjectEvent.Planned(Plan),
        new ProjectEvent.ChunksFinished([new FinishedChunk(3, 3_145_729, Rungs)]),
        new ProjectEvent.SoundMixed(3_145_730, Mixed),
        new ProjectEvent.FilmAssembled(3_145_731, Assembled),
        new ProjectEvent.ChunksPublished(4),
        new ProjectEvent.PublicationCompleted(At),
        new ProjectEvent.AttemptFailed("render/000003", 3_145_729, Node, Error, At),
        new ProjectEvent.AttemptLost("render/000003", 3_145_729, null, LossReason.NodeGone, At),
        new ProjectEvent.JobDied(new DeadJob("render/000003", 3_145_729, 3, 1, Error)),
        new ProjectEvent.Failed(Error, At),
        new ProjectEvent.Paused(At),
        new ProjectEvent.Unpaused(5, At),
        new ProjectEvent.Retried(6, At),
        new ProjectEvent.Cancelled("Not wanted.", At),
        new ProjectEvent.Completed(At),
        new ProjectEvent.PrioritySet(Band.Urgent, 12, At),
        new ProjectEvent.ResultsLost(["render/000003"], new ArtifactId(FakeFilm.Hash("segment")), At),
        new ProjectEvent.AttemptExcused("assemble", 3_145_731, Node, Error with { Code = ErrorCodes.ArtifactMissing, Artifact = FakeFilm.Hash("segment") }, At),
        new ProjectEnvelope(Project, new ProjectMessage.Submit(Request(new SourceSpec.PlainText(File("text"))))),
        new JobEnvelope(Render3, new JobMessage.Assign(Render3, 17, Node, new DispatcherId("d-1")), "akka.tcp://farm@127.0.0.1:4053/user/node#1"),
        new GetSummary(Project),
        new SummaryReply(new ProjectSummary(Project, ProjectStage.Failed, "/films/a", 1_795_358_904_125, "A title", Error)),
        new GetProject(Project),
        new ProjectReply(Detail),
        new GetJobs(Project, new JobFilter(JobStages.Waiting, "render/"), "17", 100),
        new JobsReply(new JobPage([View], "18", 41)),
        new TellProgress(Project),
        new ProgressNote(new FarmProgress.Work(Project, ProjectStage.Rendering, 7, 40, 3, 30, 1_234, 40_000, 612, 9, 90)),
        new DispatcherMoved(),
        new Reply(Error),
        new NodeMessage.Grant(Lease, new JobSpec(Render3, Key, Works.OfType<JobWork.Render>().Single(), ["gpu", "voice:flite"], 3_600)),
        new NodeMessage.Reserve(Lease, new JobSpec(Render3, Key, Works.OfType<JobWork.Render>().Single(), ["voice:flite"], 3_600)),
        new NodeMessage.Ack(Lease, AckKind.Stale),
        new NodeMessage.Cancel(Lease),
        new NodeMessage.Hurry(Lease, 1_800),
        new NodeMessage.Drain(),
        new NodeMessage.TellDemand(),
        new NodeMessage.Resume(),
        new LinkMessage.Hello(Node, 4, "0.1.0", ["cpu.cores=8", "voice:flite"], """{"cores":8}""", 2),
        new LinkMessage.Replayed(),
        new LinkMessage.Remeasured(["cpu.cores=8"], "{}"),
        new LinkMessage.Goodbye("drained"),
        new LinkMessage.Welcome(["https://a.test:8443", "https://b.test:8443"], At),
        new LinkMessage.Settings(true, "mon-fri 18:00-08:00"),
        new LinkMessage.Beat(41),
        new LinkMessage.Refused(Error),
        new DispatchMessage.Offer(Render3, 17, ["gpu"], 1, -5, At, 64),
        new DispatchMessage.Withdraw(Render3, 17),
        new DispatchMessage.Taken(Render3, 17, Node),
        new DispatchMessage.Released(Render3, 17, Node),
        new DispatchMessage.Demand(Node, 99, 2, ["voice:flite"]),
        new DispatchMessage.Ended(Render3, 17, Node, EndKind.Failed, "ERR_MEDIA_FAILED", 1234),
        new DispatchMessage.SetLimit("licence-x", 50),
        new DispatchMessage.SetTenant("studio", new TenantSettings(3, 100, null, true)),
        new DispatchMessage.Quarantine(Node.Node, "5 jobs failed on it.", At, 2),
        new DispatchMessage.Pardon(Node.Node),
        new DispatchMessage.Drain(Node.Node),
        new DispatchMessage.Resume(Node.Node),
        new LimitEvent.Changed(50, "ops", At),
        new TenantEvent.Changed(new TenantSettings(2, null, 4, false), "ops", At),
        new ChangeLimit("licence-x", null, "ops"),
        new GetLimit("licence-x"),
        new ChangeTenant("studio", TenantSettings.Default, "ops"),
        new GetTenant("studio"),
        new ExplainJob(Render3),
        new Explanation(
            Render3, WaitReason.NothingCapable, "No node has what it needs.", Band.Low, "studio", 3, 40, new CapableNodes(0, 0, 0, 0),
            [new MissingNeed("gpu.vram.gib>=12", 8)], [new LimitUse("licence-x", 3, 50, 7)]),
        new WebhookEvent.Wanted(Call, At),
        new WebhookEvent.Tried(Call.Id, Try, WebhookStanding.Pending, At),
        new TellWebhook(Project, Call),
        new WebhookTaken(Call.Id),
        new GetDeliveries(Project),
        new DeliveriesReply([new WebhookDelivery(Call, [Try], WebhookStanding.GivenUp, null)]),
        new GetQueue(),
        new QueueReport(
            true, 40, 9, [new BandReport(Band.Low, 40, 9)], [new ReasonReport(WaitReason.Busy, 40)],
            [new TenantReport("studio", TenantSettings.Default, 40, 9, 1_000)], [new ProjectReport(Project, "studio", Band.Low, 1, 40, 9, 1_000)],
            [new LimitUse("licence-x", 3, null, 7)], [new NodeReport(Node.Node, "quarantined", "It failed.", At, 4, 0, 1, 2)]),
    ];

    /// <summary>Every case of every union, once; what stands inside a message above need not be repeated, but is.</summary>
    public static IEnumerable<(Type Union, object Case)> Cases =>
    [
        .. Of<SourceSpec>(
            new SourceSpec.WebPage("https://example.test/"),
            new SourceSpec.PageBundle("index.html", [new BundleFile("img/a.png", File("a"))]),
            new SourceSpec.PlainText(File("text")),
            new SourceSpec.StoryboardBundle("film.json", [])),
        .. Of([.. Works]),
        .. Of<JobResult>(Ingested, Written, new JobResult.Spoken(Speech), new JobResult.Rendered(Rungs), Mixed, Assembled),
        .. Of<FarmProgress>(
            new FarmProgress.Work(Project, ProjectStage.Rendering, 7, 40, 3, 30, 1_234, 40_000, 612, 9, 90),
            new FarmProgress.Titled(Project, "Ein „Titel“"),
            new FarmProgress.Warned(Project, "One image could not be read."),
            new FarmProgress.Retrying(Project, "render/000003", Error),
            new FarmProgress.Finished(Project, ProjectStage.Completed, null, "/films/a", ["video.mp4", "captions.vtt"])),
        .. Of<ProjectMessage>(
            new ProjectMessage.Submit(Request(new SourceSpec.WebPage("https://example.test/"))),
            new ProjectMessage.Pause(),
            new ProjectMessage.Unpause(),
            new ProjectMessage.Cancel("Not wanted."),
            new ProjectMessage.Retry(),
            new ProjectMessage.SetPriority(Band.Low, 3),
            new ProjectMessage.RetryJob("render/000003"),
            new ProjectMessage.KillJob("render/000003")),
        .. Of<JobMessage>(
            new JobMessage.Assign(Render3, 17, Node, new DispatcherId("d-1")),
            new JobMessage.Preempt(Render3, 17, new DispatcherId("d-1")),
            new JobMessage.Accepted(Lease),
            new JobMessage.Refused(Lease, RefusalReason.Full),
            new JobMessage.Held(Lease, 512),
            new JobMessage.Finished(Lease, Key, new JobResult.Rendered(Rungs)),
            new JobMessage.Failed(Lease, Key, Error),
            new JobMessage.Reserve(Render3, 17, Node),
            new JobMessage.Unreserve(Render3, Node)),
    ];

    private static IEnumerable<JobWork> Works =>
    [
        new JobWork.Ingest(new SourceSpec.WebPage("https://example.test/"), Brief),
        new JobWork.Write(File("doc"), Brief),
        new JobWork.Speak(File("storyboard"), 1),
        new JobWork.Render(File("storyboard"), new Rational(30, 1), 1920, 1080, [Rung], [Scene, Scene], [Speech, null], Chunk),
        new JobWork.Mix(File("storyboard"), new Rational(24_000, 1_001), 102_400, [Scene], [null], [Segment]),
        new JobWork.Assemble(
            File("storyboard"),
            OutputFormats.Mp4 | OutputFormats.Dash,
            new Rational(30, 1),
            [Scene],
            [Speech],
            new RenditionFiles(File("init"), [File("segment")]),
            new RenditionFiles(File("init"), [])),
    ];

    private static readonly JobView View = new(
        "render/000003", "render", JobStages.Waiting, 0, null, 1_250, 0, "frame 12 of 64", 1, 2, Error, "It failed and is tried again in 3 s.")
    {
        Needs = ["gpu"],
        Twin = "node-8",
    };

    private static readonly ProjectDetail Detail = new(
        new ProjectSummary(Project, ProjectStage.Rendering, "/films/a", 1_795_358_904_125, "A title", null),
        "active",
        ProjectStage.Rendering,
        new FilmFigures(3, 10, 1, 4, 64, 256, 301, 2, 8),
        Band.Urgent,
        2,
        "acme",
        ["nuke"],
        12_345,
        67_890,
        1,
        2,
        "encoder:libx264#1f0c",
        ["One image could not be read."],
        [new DeadJobView("mix", 3, 0, Error)],
        null);

    private static ProjectRequest Request(SourceSpec source) =>
        new(source, Brief, OutputFormats.Mp4 | OutputFormats.Hls, [1080, 540]) { OutDir = "/films/out" };

    private static IEnumerable<(Type, object)> Of<T>(params T[] cases)
        where T : notnull => cases.Select(c => (typeof(T), (object)c));

    private static ArtifactRef File(string what) => new(new ArtifactId(FakeFilm.Hash(what)), what.Length);
}
