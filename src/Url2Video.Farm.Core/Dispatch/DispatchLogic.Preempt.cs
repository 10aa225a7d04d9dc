using Url2Video.Farm.Core.Jobs;

namespace Url2Video.Farm.Core.Dispatch;

/// <summary>
/// Urgent work that finds no room asks running low work for it: the latest begun on a node that could serve it, never more than the
/// urgent jobs could use, at most so many a second, and never the last part that low work is guaranteed nor what was granted as that part.
/// </summary>
public sealed partial class DispatchLogic
{
    private const int VictimsTriedMax = 64;
    private readonly List<Hold> _preempted = [];
    private DateTimeOffset _preemptionSecond;
    private int _preemptions;

    private void MakeRoom()
    {
        foreach (var hold in _preempted.ToList())
        {
            if (hold.PreemptedAt!.Value.AddSeconds(Limits.PreemptionSecondsMax) <= _now)
            {
                ForgetPreemption(hold); // It is not asked again; another is.
            }
            else
            {
                Preempt(hold); // The request may have been lost.
            }
        }

        foreach (var @class in _index.Classes)
        {
            if (@class.HasLane(Bands.Urgent) && !Rush(@class))
            {
                MakeRoomFor(@class);
            }
        }
    }

    private void MakeRoomFor(CapabilityClass @class)
    {
        while (@class.HasLane(Bands.Urgent) && MayPreempt() && MayUse(@class.Limits) && (@class.Amounts.IsNone || KnowsAmounts))
        {
            var lane = @class.Waiting[Bands.Urgent].Min!.Lanes.Min!;
            if (@class.MakingRoom >= Useful(lane) || VictimFor(@class) is not { } victim)
            {
                return;
            }

            (victim.PreemptedAt, victim.PreemptedFor) = (_now, @class);
            _preempted.Add(victim);
            _preemptions++;
            @class.MakingRoom++;
            victim.Node!.Earmarked++;
            victim.Node.Profile.Victims.Remove(victim);
            Preempt(victim);
        }
    }

    /// <summary>Slots that a lane could fill now, if there were any.</summary>
    private int Useful(Lane lane)
    {
        var tenant = lane.Project.Tenant.Use;
        var useful = Math.Min(Math.Min(lane.Count, tenant.Room), tenant.RoomOf(lane.Project.Use));
        foreach (var limit in lane.Class.Limits)
        {
            useful = Math.Min(useful, limit.RoomAt(_now));
        }

        return useful;
    }

    private bool MayPreempt()
    {
        if (_now >= _preemptionSecond.AddSeconds(1))
        {
            (_preemptionSecond, _preemptions) = (_now, 0);
        }

        var running = 0;
        foreach (var band in _bands)
        {
            running += band.Running;
        }

        return _preemptions < Limits.PreemptionsPerSecondMax
            && _bands[Bands.Low].Running - _preempted.Count > running / Limits.BandMinimumParts;
    }

    private Hold? VictimFor(CapabilityClass @class)
    {
        Hold? best = null;
        foreach (var profile in @class.Profiles)
        {
            var tried = 0;
            foreach (var hold in profile.Victims)
            {
                if (++tried > VictimsTriedMax || (best is not null && best.StartedAt >= hold.StartedAt))
                {
                    break;
                }

                if (WouldServe(hold, @class))
                {
                    best = hold;
                    break;
                }
            }
        }

        return best;
    }

    private bool WouldServe(Hold hold, CapabilityClass @class)
    {
        var node = hold.Node!;
        return hold.PreemptedAt is null
            && node.IsUsable && node.Health.Standing == Standing.Good
            && (@class.IsGpu || node.Room > 0 || !KeepsSlotForGpu(node))
            && (@class.Avoid.IsEmpty || !IsAvoided(node, @class))
            && (@class.Amounts.IsNone || node.Amounts.FitsWithout(hold, @class.Amounts));
    }

    private void Preempt(Hold hold) => _effects.Add(new DispatchEffect.Preempt(new JobMessage.Preempt(hold.Key.Job, hold.Key.Number, Id)));

    private void ForgetPreemption(Hold hold)
    {
        if (hold.PreemptedFor is { } @class)
        {
            hold.PreemptedFor = null;
            @class.MakingRoom--;
            _preempted.Remove(hold);
        }
    }
}
