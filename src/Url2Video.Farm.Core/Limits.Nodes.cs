namespace Url2Video.Farm.Core;

/// <content>How nodes come in, are known, and talk.</content>
public static partial class Limits
{
    /// <summary>A node's name goes into file names, logs and certificates; a DNS label is as long.</summary>
    public const int NodeNameCharsMax = 63;

    /// <summary>Rows a server reads when it starts, and when a node was struck off; else only those that changed.</summary>
    public const int NodesPerFarmMax = 10_000;

    /// <summary>One token for a whole fleet.</summary>
    public const int JoinTokenUsesMax = 10_000;

    public const int JoinTokenDaysMax = 30;

    /// <summary>A node that slept through its holidays still gets in; a stolen one is revoked in the store, not by waiting.</summary>
    public const int NodeCertificateDays = 21;

    /// <summary>The node renews when this much of its certificate's life has gone.</summary>
    public const int NodeCertificateRenewPercent = 33;

    /// <summary>The former certificate stays good this long after its successor was used first: the successor's reply may be lost.</summary>
    public const int NodeCertificateOverlapSeconds = 600;

    /// <summary>A session is proof of the key, minutes old at most.</summary>
    public const int NodeSessionSeconds = 600;

    /// <summary>How far the clock in a signed request may be off. A node that is refused for it takes the server's clock.</summary>
    public const int NodeClockSkewSecondsMax = 120;

    /// <summary>What a server remembers of a credential before it asks the store again: revoking works within this and one poll.</summary>
    public const int NodeSessionCacheMillis = 1_000;

    /// <summary>Remembered credentials; beyond it the store is asked each time.</summary>
    public const int NodeSessionsCachedMax = 20_000;

    /// <summary>How often a server reads what became of the nodes.</summary>
    public const int NodesPollMillis = 250;

    /// <summary>A node that was killed and is back is given nothing for this long: until every server has heard of its end, so that what it had goes before what waits.</summary>
    public const int NodeReturnMillis = NodesPollMillis + 150;

    /// <summary>How often a server writes down whom it has heard; each time is a new version of every row.</summary>
    public const int NodeSeenSeconds = 10;

    /// <summary>The sound of a ten-hour film has 17,000 segments of 150 bytes each in one report.</summary>
    public const int LinkBytesToServerMax = 8 * 1024 * 1024;

    /// <summary>Unsent messages to a node; a node that reads that slowly is better off with a new link.</summary>
    public const int LinkQueueMax = 1_024;

    /// <summary>Messages from one node that its server has not dealt with; beyond it the socket is not read.</summary>
    public const int LinkInFlightMax = 256;

    /// <summary>Accepted results that wait for their row in the index of results; what is more is not kept. About 2 KiB each.</summary>
    public const int ResultsToKeepMax = 4_096;

    /// <summary>
    /// A link over which nothing has come for this long is pinged, and closed when nothing comes for as long again. Longer than a heartbeat, which
    /// crosses every link both ways: pings are for links on which it does not.
    /// </summary>
    public const int LinkPingSeconds = 3;

    /// <summary>From the first byte to the open link; a server that does not answer within this is passed over.</summary>
    public const int LinkConnectSecondsMax = 3;

    /// <summary>From the open socket to the node's Hello.</summary>
    public const int LinkHelloSeconds = 10;

    /// <summary>
    /// A work that failed keeps its slot until its job has dealt with the failure, or until the report was sent this often (seven seconds): a
    /// project that does not answer must not idle a node for good.
    /// </summary>
    public const int FailureSlotTries = 3;

    /// <summary>How long a new life of a node may hand over what its former lives finished, before their leases are void.</summary>
    public const int LinkReplayMillis = 1_500;

    /// <summary>First pause before a node tries the next server; doubles, with jitter.</summary>
    public const int LinkBackoffMillis = 100;

    public const int LinkBackoffMillisMax = 5_000;

    /// <summary>What a node says of its machine: a page of JSON.</summary>
    public const int NodeFactsCharsMax = 16 * 1024;

    public const int CapabilitiesPerNodeMax = 256;

    public const int CapabilityCharsMax = 128;

    /// <summary>Windows of a weekly schedule: seven days, some with a break.</summary>
    public const int ScheduleWindowsMax = 32;

    public const int ScheduleCharsMax = 1_000;

    /// <summary>A worker process says this often that it runs.</summary>
    public const int WorkerBeatSeconds = 2;

    /// <summary>What it wrote to standard error, kept for the message when it dies.</summary>
    public const int WorkerLastWordsCharsMax = 2_000;

    /// <summary>A worker process that says nothing for so long is frozen or swapped out, and is ended. A codec that is only slow lets it beat.</summary>
    public const int WorkerSilentSecondsMax = 20;

    /// <summary>A quarter of a second on a machine with room; a busy one takes its time.</summary>
    public const int WorkerStartSecondsMax = 60;

    /// <summary>A job that nobody waits for may take so long to notice; then its process is ended.</summary>
    public const int WorkerStopMillis = 1_000;

    /// <summary>What native libraries leak or break is gone after so many jobs.</summary>
    public const int WorkerJobsMax = 64;

    /// <summary>A process that holds more when it rests is not kept.</summary>
    public const long WorkerRestBytesMax = 768L * 1024 * 1024;

    /// <summary>Decoded pictures of one film that lie in files for all worker processes of a node: for 1080p some seven photos of 24 megapixels, thirty of 6; a chunk shows two or three.</summary>
    public const long PictureShelfBytesMax = 256L * 1024 * 1024;

    /// <summary>Films whose folder stays when no attempt of theirs runs: between two stages of a film there is such a moment.</summary>
    public const int FilmFoldersLeftMax = 2;

    /// <summary>A native block of a worker that is at least so large goes back to the machine when it is freed: larger than a coded picture, smaller than one to look at.</summary>
    public const int WorkerMapBytesMin = 1024 * 1024;

    /// <summary>A process that had nothing to do for so long is let go.</summary>
    public const int WorkerIdleSecondsMax = 300;

    /// <summary>Private memory of a worker process when nobody says otherwise: room for a film in 8K, and an end to a file that wants all there is.</summary>
    public const int WorkerMemoryMibDefault = 4_096;

    public const int WorkerMemoryMibMin = 512;

    public const int WorkerMemoryMibMax = 1024 * 1024;
}
