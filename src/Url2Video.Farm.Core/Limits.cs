namespace Url2Video.Farm.Core;

/// <summary>Every bound of the farm in one place. The unit is the last word of the name; the comment is the reason.</summary>
public static partial class Limits
{
    /// <summary>A film of 10 hours at 30 fps is about 8,400 chunks of two segments; this leaves room for short GOPs.</summary>
    public const int ChunksPerProjectMax = 100_000;

    /// <summary>A storyboard is read and edited by people; beyond this it is data, not a script.</summary>
    public const int ScenesPerStoryboardMax = 2_000;

    public const int StoryboardBytesMax = 8 * 1024 * 1024;

    /// <summary>Own failures of a job (bad input, crash in the codec) before it is dead.</summary>
    public const int FailuresPerJobMax = 3;

    /// <summary>Leases lost under a job (node died) before it is suspected of killing nodes.</summary>
    public const int LostPerJobMax = 5;

    /// <summary>Attempts of a job that came to nothing through no fault of its own; with the pauses between them about ten minutes.</summary>
    public const int ExcusedPerJobMax = 24;

    /// <summary>Times the result of one job may be lost before somebody should look at the disks.</summary>
    public const int ResultsLostPerJobMax = 3;

    /// <summary>A job that misses a file waits this long, unless it is told before that the file is there again: it must not take the slot of whoever makes it.</summary>
    public const int RemakePauseMillis = 30_000;

    /// <summary>Nodes an offer asks to be kept from; the oldest is forgotten beyond it.</summary>
    public const int AvoidedNodesMax = 8;

    /// <summary>After a preemption, time for the more urgent job to take the slot and for a finish on its way to arrive.</summary>
    public const int PreemptPauseMillis = 500;

    /// <summary>After this part of its hard limit (in percent) a work counts as late: node and watchers are told.</summary>
    public const int LatePercent = 50;

    /// <summary>A work that was told to stop and has not for this long keeps its slot, but nobody counts on it any more.</summary>
    public const int StopSecondsMax = 10;

    /// <summary>A job is run a second time only if it takes so many times the median of its like…</summary>
    public const int StragglerFactor = 3;

    /// <summary>…and at least this long: below it, the second run would hardly have begun.</summary>
    public const int StragglerSecondsMin = 20;

    /// <summary>Finished jobs of a kind before their median says anything.</summary>
    public const int StragglerSamplesMin = 3;

    /// <summary>Second runs of one project at once: the bound of what speculation can waste.</summary>
    public const int TwinsPerProjectMax = 4;

    /// <summary>Second runs of one job, one after the other.</summary>
    public const int TwinsPerJobMax = 2;

    /// <summary>Jobs on one page of a project's list.</summary>
    public const int JobsPerPageMax = 500;

    /// <summary>The sound of a film that nobody streams is begun behind its pictures when it is no longer than so many whole chunks: its mix takes a twentieth of the film's length, a chunk of 5⅓ s at 1080p as long as it lasts.</summary>
    public const int SoundLastChunksMax = 12;

    /// <summary>Unpublished chunks a project may have in work: the look-ahead window of backpressure.</summary>
    public const int LookAheadChunksMax = 32;

    /// <summary>Jobs other than chunks (speech) in work at once for one project.</summary>
    public const int JobsInWorkMax = 64;

    /// <summary>
    /// A lease without a sign of life is void after this. Four heartbeats may be lost; with the pause after a loss and a new grant the job
    /// is in work elsewhere within 12 s of its node's power loss.
    /// </summary>
    public const int LeaseSecondsMax = 9;

    /// <summary>A node tells which leases it holds this often. Two thousand nodes send a thousand small messages a second.</summary>
    public const int HeartbeatSeconds = 2;

    /// <summary>An unacknowledged message between actors is sent again after this.</summary>
    public const int ResendMillis = 1_000;

    public const int SlotsPerNodeMax = 256;

    /// <summary>A grant that no node has answered for this long is taken back and counted against nobody.</summary>
    public const int GrantSecondsMax = 5;

    /// <summary>First pause after a failure; doubles with each one.</summary>
    public const int FailureBackoffMillis = 1_000;

    public const int FailureBackoffMillisMax = 30_000;

    /// <summary>Pause after the second loss; after the first there is none: the job is probably innocent. Doubles with each one.</summary>
    public const int LossBackoffMillis = 200;

    public const int LossBackoffMillisMax = 5_000;

    /// <summary>A job whose result was lost is queued as if it had waited this much longer: others of its project cannot go on without.</summary>
    public const int RemakeBoostHours = 24;

    /// <summary>A job whose node ended is queued as if it had waited this much longer.</summary>
    public const int LostBoostSeconds = 60;

    /// <summary>First pause after a refusal, which costs nothing but messages.</summary>
    public const int RefusalBackoffMillis = 50;

    public const int RefusalBackoffMillisMax = 2_000;

    /// <summary>The longest pause between two sendings of a report nobody acknowledges.</summary>
    public const int ReportRepeatMillisMax = 8_000;

    /// <summary>Unacknowledged reports a node keeps before it takes on no more work.</summary>
    public const int ReportsKeptPerNodeMax = 512;

    /// <summary>Jobs whose last attempt a node remembers, to tell a late duplicate of a grant from a new one.</summary>
    public const int AttemptsRememberedPerNodeMax = 4_096;

    /// <summary>Messages a project takes in one turn: they share one commit.</summary>
    public const int MessagesPerTurnMax = 256;

    /// <summary>Ends of jobs that come sooner than this after a commit wait for the next: a commit costs the same for one as for all.</summary>
    public const int CommitGatherMillis = 100;

    /// <summary>Hard limits of one attempt, by kind of job. They only catch what hangs.</summary>
    public const int IngestSecondsMax = 300;

    public const int WriteSecondsMax = 300;

    public const int SpeakSecondsMax = 300;

    public const int RenderSecondsMax = 3_600;

    public const int MixSecondsMax = 3_600;

    public const int AssembleSecondsMax = 3_600;

    public const int PageBytesMax = 24 * 1024 * 1024;

    /// <summary>What may come over the wire for one page; <see cref="PageBytesMax"/> holds after inflating.</summary>
    public const int PageWireBytesMax = 8 * 1024 * 1024;

    public const int UrlCharsMax = 2_000;

    public const int RedirectsPerFetchMax = 5;

    public const int ConnectSecondsMax = 5;

    /// <summary>From the request to the last header of its answer.</summary>
    public const int HeadersSecondsMax = 10;

    /// <summary>One fetch with all its redirects: a server that drips a byte a second does not hold a slot.</summary>
    public const int FetchSecondsMax = 20;

    /// <summary>All the images of a page: after this no other is begun, so that a page of dead links is still read in time.</summary>
    public const int ImagesSecondsMax = 120;

    public const int ResponseHeaderKibibytesMax = 64;

    /// <summary>Elements of a page. Long ordinary pages have a few thousand; the parts of parsing that grow with the square stay at seconds.</summary>
    public const int PageElementsMax = 60_000;

    /// <summary>Nesting of a page. Browsers stop at 512; code that walks trees recursively must not meet more.</summary>
    public const int PageDepthMax = 512;

    public const int BlocksPerSourceMax = 4_000;

    public const int BlockCharsMax = 20_000;

    public const int SourceDocBytesMax = 32 * 1024 * 1024;

    public const int FilesPerBundleMax = 200;

    public const long BundleBytesMax = 512L * 1024 * 1024;

    public const int ImageBytesMax = 20 * 1024 * 1024;

    /// <summary>Music or a narration that somebody brings: a quarter of an hour of 24-bit stereo without compression.</summary>
    public const int SoundBytesMax = 256 * 1024 * 1024;

    /// <summary>Of a music file; a longer one is refused, because a small file may unpack to days of silence.</summary>
    public const int MusicSecondsMax = 3_600;

    /// <summary>Of one scene's narration; it is held in memory while it is worked on.</summary>
    public const int NarrationSecondsMax = 300;

    public const int ImagesPerSourceMax = 60;

    /// <summary>Refused before decoding: a 1 MB PNG of 16000×16000 takes 1 GB to decode.</summary>
    public const long ImagePixelsMax = 50_000_000;

    public const int NarrationCharsMax = 4_000;

    /// <summary>Projects of one page of a list.</summary>
    public const int ListPageProjectsMax = 100;

    /// <summary>Ids of one page read from the journal: some tens of kilobytes.</summary>
    public const int JournalPageProjectsMax = 1_000;

    /// <summary>Events of one page read from the journal. Most have under a kilobyte; a page of the largest still fits in memory.</summary>
    public const int JournalPageEventsMax = 500;

    /// <summary>Writes that wait for the journal of one file: each of an actor that waits for it.</summary>
    public const int JournalWritesQueuedMax = 16 * 1024;

    /// <summary>Events after which a commit takes no more writes in: a page of the disk's log, and nobody waits long for others.</summary>
    public const int JournalRowsPerCommitMax = 1_000;

    /// <summary>A server's certificate lives as long as its process; the process renews itself well before this.</summary>
    public const int ServerCertificateDaysMax = 90;

    /// <summary>A request with a P-384 key has about 400 bytes.</summary>
    public const int CertificateRequestBytesMax = 8 * 1024;

    /// <summary>A server whose row was not renewed for this long is not asked to let others join. Longer than a database takes to recover.</summary>
    public const int ServerSeenSecondsMax = 10;

    /// <summary>A server renews its row this often.</summary>
    public const int ServerSeenPeriodMillis = 1_000;

    /// <summary>Who watches one project at once. A page with a thousand viewers has one watcher a server: the API's.</summary>
    public const int WatchersPerProjectMax = 256;

    /// <summary>A watcher that has not asked again for this long is told nothing more.</summary>
    public const int WatchSecondsMax = 10;

    /// <summary>A watcher asks again this often; after a failover that is how soon it hears from the project's new place.</summary>
    public const int WatchRenewMillis = 2_000;

    /// <summary>The longest file that is moved between machines: ten hours of 4K at 25 Mbit/s are 112 GB.</summary>
    public const long ArtifactBytesMax = 256L * 1024 * 1024 * 1024;

    /// <summary>Half-sent files a server keeps for their senders to go on with; each is a file and a name, so this bounds a hostile node.</summary>
    public const int PartialUploadsMax = 1_024;

    /// <summary>Files a server receives at one time; beyond it senders wait, so that each gets on.</summary>
    public const int UploadsAtOnceMax = 256;

    /// <summary>A half-sent file that nobody went on with this long is removed: its sender is gone or has sent it elsewhere.</summary>
    public const int PartialUploadHoursMax = 24;

    /// <summary>What a server leaves free on the disk of its artifacts: journals, logs and other services write there too.</summary>
    public const long ArtifactDiskReserveBytes = 64L * 1024 * 1024;

    /// <summary>Tries of one transfer before the attempt gives up; with the pauses below about two minutes, longer than a fail-over.</summary>
    public const int TransferTriesMax = 12;

    public const int TransferBackoffMillis = 200;

    public const int TransferBackoffMillisMax = 15_000;

    /// <summary>Files one attempt sends at once: enough to hide the round trips of small segments, little enough to be fair to others.</summary>
    public const int TransfersAtOncePerAttemptMax = 4;

    /// <summary>A transfer that moves no byte for this long is broken off and resumed.</summary>
    public const int TransferIdleSecondsMax = 30;

    /// <summary>The log of one attempt; of a longer one the beginning and the end are kept.</summary>
    public const int JobLogBytesMax = 1024 * 1024;

    /// <summary>The last line of a log as it goes with a heartbeat.</summary>
    public const int LogLineCharsMax = 200;

    public const int JobLogsListedMax = 1_000;

    /// <summary>What one format of a chunk may come to. It is held in a worker's memory, twice while its segments are written.</summary>
    public const long ChunkBytesMax = 1536L * 1024 * 1024;

    /// <summary>A failover of servers is over by then; whoever could not take the log of an attempt until then never will.</summary>
    public const int JobLogPatienceSeconds = 30;

    /// <summary>Logs of ended attempts that a node holds until they are told, at most <see cref="JobLogBytesMax"/> each.</summary>
    public const int JobLogsUntoldMax = 256;

    /// <summary>One probe of a node's abilities; a driver that hangs must not keep the node from starting.</summary>
    public const int ProbeSecondsMax = 10;

    /// <summary>A request that is not an upload; a storyboard is the largest thing a JSON body carries, and JSON may write it twice as long.</summary>
    public const long RequestBodyBytesMax = 2L * StoryboardBytesMax;

    /// <summary>All headers of one request; keys, cookies of a proxy and trace ids fit ten times over.</summary>
    public const int RequestHeaderBytesMax = 16 * 1024;

    public const int RequestHeadersMax = 64;

    public const int RequestLineBytesMax = 8 * 1024;

    /// <summary>Sockets of one server, WebSockets of nodes among them.</summary>
    public const int ConnectionsPerServerMax = 10_000;

    /// <summary>A client that sends its headers drop by drop is cut off.</summary>
    public const int RequestHeaderSecondsMax = 10;

    public const int KeepAliveSeconds = 75;

    /// <summary>What runs when a server stops has this long to end.</summary>
    public const int DrainSecondsMax = 15;

    /// <summary>The manual's figures: a key makes this many requests an hour...</summary>
    public const int KeyRequestsPerHourMax = 1_000;

    /// <summary>...of which so many at once.</summary>
    public const int KeyRequestsBurstMax = 100;

    /// <summary>Wrong keys from one address before it is told to wait; ten guesses a minute find nothing in 256 bits.</summary>
    public const int AuthFailuresPerWindowMax = 100;

    public const int AuthFailureWindowSeconds = 15 * 60;

    /// <summary>How long a server believes what it last read of a key: a revoked key is dead everywhere after this.</summary>
    public const int KeyCacheSeconds = 2;

    /// <summary>Keys and addresses whose counters a server keeps; the oldest are forgotten first.</summary>
    public const int RateCountersMax = 50_000;

    public const int KeyNameCharsMax = 100;

    public const int TenantCharsMax = 64;

    /// <summary>A file that is sent to be part of a film.</summary>
    public const long UploadBytesMax = BundleBytesMax;

    /// <summary>What an idempotency key was answered is remembered this long.</summary>
    public const int IdempotencyHours = 24;

    public const int IdempotencyKeyCharsMax = 255;

    /// <summary>An unanswered request of the same key is taken over after this: its server died.</summary>
    public const int IdempotencyTakeOverSeconds = 15;

    /// <summary>A request waits this long for a concurrent one of the same key before it is told to come back.</summary>
    public const int IdempotencyWaitSeconds = 10;

    /// <summary>The longest <c>Prefer: wait</c>; proxies cut connections that are silent for longer.</summary>
    public const int PreferWaitSecondsMax = 60;

    public const int VideosPerPageMax = 100;

    /// <summary>Signed addresses end after this; whoever still watches asks for new ones.</summary>
    public const int LinkHours = 12;

    /// <summary>Clients of one server that listen to events at once; each costs a look into the journal a second.</summary>
    public const int EventSubscribersMax = 500;

    /// <summary>A listener's connection shows that it lives this often; proxies give up after a minute or so.</summary>
    public const int EventHeartbeatSeconds = 15;

    /// <summary>How often a listener's film is looked at.</summary>
    public const int EventPollMillis = 500;

    /// <summary>One listener may stay so long; it comes back with Last-Event-ID.</summary>
    public const int EventStreamHoursMax = 4;

    /// <summary>What a node keeps of the farm's artifacts beyond what is in use; a machine for films has that much to spare.</summary>
    public const long NodeCacheBytesDefault = 32L * 1024 * 1024 * 1024;
}
