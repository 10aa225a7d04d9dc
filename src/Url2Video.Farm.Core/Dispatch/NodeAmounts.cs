namespace Url2Video.Farm.Core.Dispatch;

/// <summary>
/// What is left of one node's countable things. A job that wants memory of a GPU shares the fullest device that has enough; one that
/// wants devices has them alone.
/// </summary>
internal sealed class NodeAmounts
{
    /// <summary>Devices fit a bit mask.</summary>
    private const int DevicesMax = 64;

    private readonly CapabilitySet _has;
    private readonly int[] _gib;
    private readonly int[] _users;
    private readonly Dictionary<string, int> _used = new(StringComparer.Ordinal);
    private readonly int _gibOfEach;

    public NodeAmounts(CapabilitySet has)
    {
        _has = has;
        var devices = Math.Min(has.Gpus, DevicesMax);
        _gibOfEach = has.AmountOf(Need.GpuMemory) ?? 0;
        _gib = Enumerable.Repeat(_gibOfEach, devices).ToArray();
        _users = new int[devices];
    }

    public bool Fits(Amounts wanted)
    {
        foreach (var other in wanted.Others)
        {
            if (LeftOf(other.Name) < other.Least)
            {
                return false;
            }
        }

        return wanted.Devices > 0 ? _users.Count(static u => u == 0) >= wanted.Devices : wanted.GpuGib == 0 || DeviceFor(wanted.GpuGib) >= 0;
    }

    /// <summary>Would fit if this were given back.</summary>
    public bool FitsWithout(Hold gone, Amounts wanted)
    {
        Give(gone);
        var fits = Fits(wanted);
        Take(gone);
        return fits;
    }

    /// <summary>Takes it even if it does not fit: what runs, runs.</summary>
    public void Take(Hold hold)
    {
        foreach (var other in hold.Amounts.Others)
        {
            _used[other.Name] = _used.GetValueOrDefault(other.Name) + other.Least!.Value;
        }

        var wanted = hold.Amounts;
        for (var i = 0; i < wanted.Devices && Freest() is var device and >= 0; i++)
        {
            Occupy(hold, device, _gibOfEach);
        }

        if (wanted is { Devices: 0, GpuGib: > 0 } && (DeviceFor(wanted.GpuGib) is var fit and >= 0 ? fit : Freest()) is var shared and >= 0)
        {
            Occupy(hold, shared, wanted.GpuGib);
        }
    }

    public void Give(Hold hold)
    {
        foreach (var other in hold.Amounts.Others)
        {
            _used[other.Name] -= other.Least!.Value;
        }

        for (var device = 0; device < _gib.Length; device++)
        {
            if ((hold.Devices & (1UL << device)) != 0)
            {
                _gib[device] += hold.Amounts.Devices > 0 ? _gibOfEach : hold.Amounts.GpuGib;
                _users[device]--;
            }
        }

        hold.Devices = 0;
    }

    private int LeftOf(string name) => (_has.AmountOf(name) ?? 0) - _used.GetValueOrDefault(name);

    private void Occupy(Hold hold, int device, int gib)
    {
        if ((hold.Devices & (1UL << device)) == 0)
        {
            hold.Devices |= 1UL << device;
            _gib[device] -= gib;
            _users[device]++;
        }
    }

    private int DeviceFor(int gib)
    {
        var best = -1;
        for (var device = 0; device < _gib.Length; device++)
        {
            if (_gib[device] >= gib && (best < 0 || _gib[device] < _gib[best]))
            {
                best = device;
            }
        }

        return best;
    }

    private int Freest()
    {
        var best = -1;
        for (var device = 0; device < _users.Length; device++)
        {
            if (best < 0 || (_users[device], -_gib[device]).CompareTo((_users[best], -_gib[best])) < 0)
            {
                best = device;
            }
        }

        return best;
    }
}
