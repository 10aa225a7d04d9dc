using static Url2Video.Farm.Core.Dispatch.DispatchMessage;

namespace Url2Video.Farm.Core.Dispatch;

/// <summary>Named limits, and what must be asked for.</summary>
public sealed partial class DispatchLogic
{
    private readonly Dictionary<string, NamedLimit> _limits = new(StringComparer.Ordinal);

    /// <summary>Whoever holds a limited job has spoken by now, or has stopped itself.</summary>
    private bool KnowsLimits => _now >= _startedAt!.Value.AddSeconds(Limits.LimitLearningSeconds);

    /// <summary>What an earlier dispatcher had under way has arrived by now.</summary>
    private bool KnowsAmounts => _now >= _startedAt!.Value.AddSeconds(Limits.AmountLearningSeconds);

    private NamedLimit LimitOf(string name)
    {
        if (!_limits.TryGetValue(name, out var limit))
        {
            _limits.Add(name, limit = new NamedLimit(name) { AskAt = _now.AddSeconds(Limits.SettingsRepeatSeconds) });
            _effects.Add(new DispatchEffect.AskLimit(name));
        }

        return limit;
    }

    private void OnSetLimit(SetLimit m)
    {
        if (m.Name.Length > Limits.SettingNameCharsMax || (!_limits.ContainsKey(m.Name) && _limits.Count >= Limits.NamedLimitsMax))
        {
            return;
        }

        if (!_limits.TryGetValue(m.Name, out var limit))
        {
            _limits.Add(m.Name, limit = new NamedLimit(m.Name));
        }

        (limit.IsKnown, limit.AskAt) = (true, DateTimeOffset.MaxValue);
        limit.Max = m.Max is { } max ? Math.Clamp(max, 0, Limits.LimitMax) : null;
        RushLimit(limit);
    }

    private void RushLimit(NamedLimit limit)
    {
        foreach (var @class in limit.Classes.ToList())
        {
            RushAll(@class);
        }
    }

    private bool MayUse(NamedLimit[] limits)
    {
        if (limits.Length == 0)
        {
            return true;
        }

        foreach (var limit in limits)
        {
            if (limit.RoomAt(_now) <= 0)
            {
                return false;
            }
        }

        return KnowsLimits;
    }

    private void AskAgain()
    {
        foreach (var limit in _limits.Values)
        {
            if (!limit.IsKnown && limit.AskAt <= _now)
            {
                limit.AskAt = _now.AddSeconds(Limits.SettingsRepeatSeconds);
                _effects.Add(new DispatchEffect.AskLimit(limit.Name));
            }
        }

        foreach (var tenant in _tenants.Values.Where(t => t.Id.Length > 0 && t.AskAt <= _now).ToList())
        {
            tenant.AskAt = _now.AddSeconds(Limits.SettingsRepeatSeconds);
            _effects.Add(new DispatchEffect.AskTenant(tenant.Id));
            if (!tenant.IsKnown && tenant.WaitUntil <= _now)
            {
                tenant.IsKnown = true;
                ReviewAll(tenant);
            }
        }
    }
}
