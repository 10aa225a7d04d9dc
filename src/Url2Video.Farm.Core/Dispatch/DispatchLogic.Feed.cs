namespace Url2Video.Farm.Core.Dispatch;

/// <summary>Which job a node gets, and which node a job.</summary>
public sealed partial class DispatchLogic
{
    private const int NodesTriedMax = 256;
    private DateTimeOffset _gpuSeenAt = DateTimeOffset.MinValue;

    /// <summary>Fills the room of a node.</summary>
    /// <returns>Something was granted.</returns>
    private bool Feed(KnownNode node)
    {
        var granted = false;
        while (node.Room > 0 && Pick(node, out var isOwed) is { } lane)
        {
            Grant(node, lane, isOwed);
            granted = true;
        }

        return granted;
    }

    private void RushAll(CapabilityClass @class)
    {
        while (Rush(@class))
        {
        }
    }

    /// <summary>Finds a node for the class and feeds it.</summary>
    private bool Rush(CapabilityClass @class)
    {
        if (!@class.HasLane(0) && !@class.HasLane(1) && !@class.HasLane(2))
        {
            return false;
        }

        return NodeFor(@class) is { } node && Feed(node);
    }

    private KnownNode? NodeFor(CapabilityClass @class)
    {
        foreach (var profile in @class.Profiles)
        {
            var tried = 0;
            foreach (var node in profile.Free)
            {
                if (Serves(node, @class))
                {
                    return node;
                }

                if (++tried == NodesTriedMax)
                {
                    break; // Whatever makes the others able to serve feeds them itself.
                }
            }
        }

        return null;
    }

    private bool Serves(KnownNode node, CapabilityClass @class) =>
        MayUse(@class.Limits)
        && (@class.Amounts.IsNone || (KnowsAmounts && node.Amounts.Fits(@class.Amounts)))
        && (@class.IsGpu || node.Room > 1 || !KeepsSlotForGpu(node))
        && (@class.Avoid.IsEmpty || !IsAvoided(node, @class));

    /// <summary>Of several slots of a GPU node the last is for GPU work, as long as there is such work in the farm.</summary>
    private bool KeepsSlotForGpu(KnownNode node) =>
        node.Slots > 1 && node.Profile.Has.HasGpu && _now < _gpuSeenAt.AddSeconds(Limits.GpuReserveSeconds);

    private bool IsAvoided(KnownNode node, CapabilityClass @class)
    {
        if (!@class.Avoid.Contains(node.Id.Node))
        {
            return false;
        }

        var others = @class.Profiles.Sum(static p => p.Usable);
        foreach (var avoided in @class.Avoid)
        {
            others -= _nodes.TryGetValue(avoided, out var known) && known.IsUsable && known.Profile.Satisfies(@class) ? 1 : 0;
        }

        return others > 0;
    }

    /// <summary>
    /// The most urgent band that has something for the node; but a lower band that waits is owed a part of all work that goes past it,
    /// and gets its turn when that pays for its next job.
    /// </summary>
    /// <param name="isOwed">A higher band has something for it, too, and stands back.</param>
    private Lane? Pick(KnownNode node, out bool isOwed)
    {
        isOwed = false;
        Lane? chosen = null;
        var (picked, mayPayDebts) = (-1, node.Earmarked == 0);
        Span<bool> passed = stackalloc bool[Bands.InOrder.Length];
        Span<bool> cpuPassed = stackalloc bool[Bands.InOrder.Length];
        for (var band = 0; band < Bands.InOrder.Length; band++)
        {
            if (Best(node, band, out cpuPassed[band]) is not { } lane)
            {
                continue;
            }

            var owed = mayPayDebts && _bands[band].Credit >= Due(lane);
            passed[band] = chosen is not null;
            if (chosen is null || owed)
            {
                isOwed = chosen is not null;
                (chosen, picked) = (lane, band);
            }

            if (owed)
            {
                break;
            }
        }

        if (chosen is not null)
        {
            Account(chosen, picked, passed, cpuPassed[picked], node);
        }

        return chosen;
    }

    private void Account(Lane chosen, int picked, Span<bool> passed, bool cpuPassed, KnownNode node)
    {
        var cost = chosen.Head.Cost;
        for (var band = picked + 1; band < Bands.InOrder.Length; band++)
        {
            var state = _bands[band];
            state.Credit = passed[band] ? Math.Min(state.Credit + cost, (long)Limits.BandMinimumParts * Limits.JobCostMax) : state.Credit;
        }

        var own = _bands[picked];
        own.Credit = Math.Max(0, own.Credit - Due(chosen));
        if (cpuPassed)
        {
            own.CpuCredit = Math.Min(own.CpuCredit + cost, (long)Limits.BandMinimumParts * Limits.JobCostMax);
        }
        else if (node.Profile.Has.HasGpu && !chosen.Class.IsGpu)
        {
            own.CpuCredit = Math.Max(0, own.CpuCredit - Due(chosen));
        }
    }

    /// <summary>How much work must have gone past a lane before its head has its turn.</summary>
    private static long Due(Lane lane) => (long)lane.Head.Cost * (Limits.BandMinimumParts - 1);

    /// <param name="cpuPassed">Work without GPU waits and stood back.</param>
    private Lane? Best(KnownNode node, int band, out bool cpuPassed)
    {
        Lane? gpu = null;
        Lane? cpu = null;
        foreach (var @class in node.Profile.Classes)
        {
            if (!@class.HasLane(band) || !Serves(node, @class))
            {
                continue;
            }

            var lane = @class.Waiting[band].Min!.Lanes.Min!;
            if (@class.IsGpu)
            {
                gpu = gpu is null || IsBefore(lane, gpu) ? lane : gpu;
            }
            else
            {
                cpu = cpu is null || IsBefore(lane, cpu) ? lane : cpu;
            }
        }

        if (gpu is not null && cpu is not null && _bands[band].CpuCredit >= Due(cpu))
        {
            gpu = null;
        }

        cpuPassed = gpu is not null && cpu is not null;
        return gpu ?? cpu;
    }

    private static bool IsBefore(Lane a, Lane b)
    {
        var (s, t) = (a.Project.Tenant, b.Project.Tenant);
        if (s != t)
        {
            return s.Pass != t.Pass ? s.Pass < t.Pass : s.Order < t.Order;
        }

        var (p, q) = (a.Project, b.Project);
        return p != q
            ? p.Place != q.Place ? p.Place < q.Place : p.Order < q.Order
            : a.Head.Rank < b.Head.Rank;
    }
}
