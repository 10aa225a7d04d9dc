namespace Url2Video.Farm.Core;

/// <content>Bounds of the dispatcher and of what it goes by.</content>
public static partial class Limits
{
    /// <summary>Of these, classes that only differ in the nodes to avoid. Beyond it a job's wish to avoid nodes is not granted.</summary>
    public const int AvoidClassesMax = 256;

    /// <summary>A lower band that waits gets at least one part in so many of the work that goes past it: 6 %.</summary>
    public const int BandMinimumParts = 16;

    /// <summary>A dispatcher that has just come to life grants no limited job for this long: whoever holds one has spoken, or has stopped itself.</summary>
    public const int LimitLearningSeconds = LimitFenceSeconds;

    /// <summary>A server that has not heard the dispatcher for this long no longer answers its nodes: they are not to trust it (<see cref="LimitFenceSeconds"/>).</summary>
    public const int DispatcherHeardSecondsMax = 2;

    /// <summary>A server asks its dispatcher for a sign of life this often.</summary>
    public const int DispatcherAskMillis = 500;

    /// <summary>
    /// From the last word of a node that the dispatcher heard to the moment when its limited works have stopped for certain: the node's next
    /// heartbeat may still be answered by a server that has been cut off just then, and the node looks at its own silence once a second.
    /// </summary>
    public const int LimitFenceSeconds = HeartbeatSeconds + DispatcherHeardSecondsMax + LeaseSecondsMax + 1;

    /// <summary>As <see cref="LimitLearningSeconds"/> for amounts of a node (GPU memory): as long as an earlier dispatcher's grant can be under way.</summary>
    public const int AmountLearningSeconds = GrantSecondsMax;

    /// <summary>
    /// A node whose slot is free this long after it told so, with a job in reserve, takes it that nobody dispatches: a grant is a matter of
    /// tens of milliseconds.
    /// </summary>
    public const int ReserveIdleMillis = 300;

    /// <summary>So long a node that has waited in vain takes it that nobody dispatches; then it shows a free slot again.</summary>
    public const int ReserveAloneSeconds = 10;

    /// <summary>A node holds as much in reserve as it works in this time, which is longer than a failover of the dispatcher takes.</summary>
    public const int ReserveCoverSeconds = 20;

    /// <summary>Jobs that a node holds in reserve. Each is some messages more in the life of a job, and a specification in the node's memory.</summary>
    public const int ReservesPerNodeMax = 32;

    /// <summary>How long one node holds a job in reserve; then another may. It bounds for how long a node that has not heard of the end of a job believes in it.</summary>
    public const int ReserveSecondsMax = 60;

    /// <summary>Each reserve takes a number of the <see cref="AttemptNumber.GrantsPerRoundMax"/>; a job that waits this many minutes is held in reserve all the time.</summary>
    public const int ReservesPerJobMax = 1_024;

    /// <summary>Queues that are looked at for jobs that a node may hold in reserve.</summary>
    public const int ReserveLanesTriedMax = 64;

    /// <summary>Jobs of one limit at once.</summary>
    public const int LimitMax = 1_000_000;

    /// <summary>Named limits of one job, and of one farm that a dispatcher keeps.</summary>
    public const int LimitsPerJobMax = 16;

    public const int NamedLimitsMax = 4_096;

    /// <summary>Names of limits and tenants.</summary>
    public const int SettingNameCharsMax = 64;

    /// <summary>Tenants with jobs or settings that a dispatcher keeps.</summary>
    public const int TenantsMax = 100_000;

    /// <summary>After a licence server said no: this long nobody else of that limit tries.</summary>
    public const int LicenceCoolSeconds = 20;

    /// <summary>Settings that were asked for and did not come are asked for again after this.</summary>
    public const int SettingsRepeatSeconds = 2;

    /// <summary>A tenant whose settings do not come by then is served by the defaults: better than to stand still.</summary>
    public const int TenantSettingsSecondsMax = 5;

    /// <summary>Failures in a row, of different jobs, that quarantine a node. One more is under way by then: a node that fails at once asks for the next before the last is in the journal.</summary>
    public const int FailuresPerNodeMax = 3;

    /// <summary>The first cool-down of a quarantined node; doubles each time its probe fails.</summary>
    public const int QuarantineSeconds = 30;

    public const int QuarantineSecondsMax = 1_800;

    /// <summary>Probes in a row, one at a time, that a forgiven node must finish.</summary>
    public const int ProbesToPardon = 2;

    /// <summary>Jobs and projects with trouble that a dispatcher remembers to tell bad nodes from bad jobs.</summary>
    public const int TroublesRememberedMax = 8_192;

    /// <summary>Running jobs that may be asked to make room within a second: a flood of urgent work must not stop the whole farm at once.</summary>
    public const int PreemptionsPerSecondMax = 50;

    /// <summary>A job that was asked to make room and still runs is given up on after this, and another is asked.</summary>
    public const int PreemptionSecondsMax = 10;

    /// <summary>While work for GPUs was seen within this time, a GPU node keeps its last slot for such work.</summary>
    public const int GpuReserveSeconds = 300;

    /// <summary>Costs that wait for a store that does not answer: about a day of a small farm, 20 MB.</summary>
    public const int ChargesKeptMax = 100_000;

    /// <summary>Projects in a report on the queue: more than a person reads.</summary>
    public const int ProjectsReportedMax = 1_000;

    /// <summary>Jobs of its own queue that are looked at to tell how many go before one.</summary>
    public const int AheadCountedMax = 10_000;

    /// <summary>A job without a node says so this often; the dispatcher's queue is memory only.</summary>
    public const int OfferRepeatSeconds = 3;

    /// <summary>The dispatcher forgets an offer that was not repeated for this long.</summary>
    public const int OfferSecondsMax = 10;

    /// <summary>The dispatcher forgets a node whose demand was not repeated for this long: three heartbeats.</summary>
    public const int DemandSecondsMax = 6;

    /// <summary>An assignment that its job has neither taken nor released for this long no longer occupies the slot.</summary>
    public const int AssignmentSecondsMax = 4;

    /// <summary>One point of priority puts a job this much ahead in its lane.</summary>
    public const int PriorityBoostSeconds = 600;

    public const int PriorityMax = 100;

    public const int ProjectWeightMax = 1_000;

    /// <summary>The first jobs of a project go by when it came, not by what it had: taking in, the sound and the first pictures of a film.</summary>
    public const int JobsByArrival = 3;

    /// <summary>In frames of 1080p; beyond it a job counts as this much.</summary>
    public const int JobCostMax = 1_000_000;

    /// <summary>Distinct need-sets a dispatcher interns; an offer with a new one beyond this waits until one is free.</summary>
    public const int CapabilityClassesMax = 1_024;

    /// <summary>A project without queued jobs keeps its place in the fair share this long.</summary>
    public const int IdleProjectSecondsMax = 600;
}
