using Url2Video.Farm.Core.Contracts;

namespace Url2Video.Farm.Core.Dispatch;

/// <summary>One assignment of one job to one life of a node; dispatchers of former times included.</summary>
internal readonly record struct HoldKey(JobId Job, long Number, NodeIncarnation Node)
{
    // The job and the number tell nearly all apart; the node's name would only be hashed for nothing.
    public override int GetHashCode() => HashCode.Combine(Job, Number);
}

/// <summary>How far an assignment is, as the dispatcher knows.</summary>
internal enum HoldStage
{
    /// <summary>The job has neither taken nor released it yet: the slot counts as used.</summary>
    Pending,

    /// <summary>It runs, as its job or its node says.</summary>
    Running,

    /// <summary>It should be over and is not proven to be: only what must be exact is kept, until <see cref="Hold.FreeAt"/>.</summary>
    Ending,
}

/// <summary>What one assignment takes of the farm: a slot, amounts of its node, one of each of its limits, a place under the caps.</summary>
internal sealed class Hold(HoldKey key, Band band, TenantUse tenant, ProjectUse project, CapabilityClass? @class, NamedLimit[] limits, Amounts amounts, bool isGpu)
{
    public HoldKey Key { get; } = key;

    public Band Band { get; } = band;

    public TenantUse Tenant { get; } = tenant;

    public ProjectUse Project { get; } = project;

    /// <summary>Of its offer; null when learnt from its node.</summary>
    public CapabilityClass? Class { get; } = @class;

    public NamedLimit[] Limits { get; } = limits;

    public Amounts Amounts { get; } = amounts;

    public bool IsGpu { get; } = isGpu;

    /// <summary>Bit mask of the GPUs it is counted on.</summary>
    public ulong Devices { get; set; }

    public KnownNode? Node { get; set; }

    /// <summary>What is not assigned here is learnt from its node, and runs there: nothing is under way that its node counts already.</summary>
    public HoldStage Stage { get; set; } = HoldStage.Running;

    /// <summary>Its node has named it among what runs; once it no longer does, the work is over.</summary>
    public bool IsListed { get; set; }

    /// <summary>The <see cref="DispatchMessage.Demand.Sequence"/> that named it last.</summary>
    public long ListedAt { get; set; } = -1;

    public DateTimeOffset StartedAt { get; set; }

    /// <summary>Of a pending one.</summary>
    public DateTimeOffset AnswerBy { get; set; }

    /// <summary>When it is over even without a word of anybody.</summary>
    public DateTimeOffset? FreeAt { get; set; }

    /// <summary>It had its turn although more urgent work waited: the least that low work is guaranteed, which is not taken from it again.</summary>
    public bool IsOwed { get; set; }

    public bool MayMakeRoom => Band == Band.Low && !IsOwed;

    /// <summary>Set while it is asked to make room.</summary>
    public DateTimeOffset? PreemptedAt { get; set; }

    /// <summary>For whom it was asked.</summary>
    public CapabilityClass? PreemptedFor { get; set; }

    /// <summary>What it takes must never be counted too low.</summary>
    public bool IsExact => Limits.Length > 0 || !Amounts.IsNone;

    /// <summary>Breaks ties between equal times.</summary>
    public long Order { get; init; }
}
