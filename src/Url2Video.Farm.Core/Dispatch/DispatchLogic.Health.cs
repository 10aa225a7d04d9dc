using System.Globalization;
using Url2Video.Farm.Core.Errors;
using static Url2Video.Farm.Core.Dispatch.DispatchMessage;

namespace Url2Video.Farm.Core.Dispatch;

/// <summary>Bad nodes, bad jobs, and licences that ran out.</summary>
public sealed partial class DispatchLogic
{
    private void Judge(Ended m, Hold? hold)
    {
        var node = m.Node.Node;
        switch (m.Kind)
        {
            case EndKind.Failed when m.Code == ErrorCodes.LicenceTaken:
                foreach (var limit in hold?.Limits ?? [])
                {
                    limit.CoolUntil = _now.AddSeconds(Limits.LicenceCoolSeconds);
                }

                break;
            case EndKind.Failed when m.Code == ErrorCodes.SceneTooLarge:
                break; // Its workers are small, not bad.
            case EndKind.Failed:
                Blame(_health.OnFailed(m.Job, node), m.Code);
                break;
            case EndKind.Finished:
                Blame(_health.OnFinished(m.Job, node), null);
                Prove(_health.Of(node));
                break;
            case EndKind.Lost when _health.OnLost(m.Job, node) is { IsEmpty: false } killed:
                _effects.Add(new DispatchEffect.PoisonSuspect(m.Job, killed));
                break;
        }
    }

    private void Blame(IReadOnlyList<NodeHealth> suspects, string? code)
    {
        foreach (var health in suspects)
        {
            if (health.Standing == Standing.Quarantined)
            {
                continue;
            }

            // With nobody to compare, nothing is proven; and a farm without nodes helps nobody.
            if (!_nodes.Values.Any(n => n.IsUsable && n.Health != health && n.Health.Standing == Standing.Good))
            {
                continue;
            }

            var times = health.Times + 1;
            var seconds = Math.Min(Limits.QuarantineSecondsMax, (long)Limits.QuarantineSeconds << Math.Min(times - 1, 10));
            var reason = health.Standing == Standing.Probation
                ? $"Its probe failed ({code ?? "?"})."
                : string.Create(CultureInfo.InvariantCulture, $"{health.Failed.Count} different jobs failed on it in a row, the last with {code ?? "an error"}.");
            OnQuarantine(new Quarantine(health.Id, reason, _now.AddSeconds(seconds), times));
        }
    }

    private void Prove(NodeHealth health)
    {
        if (health.Standing == Standing.Probation && ++health.Proven >= Limits.ProbesToPardon)
        {
            OnPardon(health.Id);
        }
    }

    private void OnQuarantine(Quarantine m)
    {
        var health = _health.Of(m.Node);
        (health.Standing, health.Reason, health.Until, health.Times, health.Proven) = (Standing.Quarantined, m.Reason, m.Until, m.Times, 0);
        health.Failed.Clear();
        _effects.Add(new DispatchEffect.NodeQuarantined(m.Node, m.Reason, m.Until, m.Times));
        Redescribe(m.Node);
        RushAvoiding(); // Who avoided others for this one's sake need not any more.
    }

    private void OnPardon(NodeId node)
    {
        var health = _health.Of(node);
        if (health.Standing == Standing.Good)
        {
            return;
        }

        (health.Standing, health.Reason, health.Until, health.Times, health.Proven) = (Standing.Good, string.Empty, null, 0, 0);
        health.Failed.Clear();
        _effects.Add(new DispatchEffect.NodePardoned(node));
        Redescribe(node);
    }

    private void SetDrained(NodeId node, bool drained)
    {
        _health.Of(node).IsDrained = drained;
        Redescribe(node);
        RushAvoiding();
    }

    private void EndQuarantines()
    {
        foreach (var health in _health.Remarkable.Where(h => h.Standing == Standing.Quarantined && h.Until <= _now).ToList())
        {
            (health.Standing, health.Proven) = (Standing.Probation, 0);
            Redescribe(health.Id);
        }
    }

    private void Redescribe(NodeId id)
    {
        if (_nodes.TryGetValue(id, out var node))
        {
            node.Describe(node.FreeSlots);
            Feed(node);
        }
    }

    private void RushAvoiding()
    {
        foreach (var @class in _index.Classes.Where(c => c.Queued > 0 && !c.Avoid.IsEmpty).ToList())
        {
            RushAll(@class);
        }
    }
}
