namespace Url2Video.Farm.Core.Tests.Simulation;

/// <summary>Carries messages between machines: late, twice, in another order, or never.</summary>
internal sealed class Network(World world, SplitMix random)
{
    private readonly HashSet<string> _cutFrom = new(StringComparer.Ordinal);
    private readonly HashSet<string> _cutTo = new(StringComparer.Ordinal);

    private readonly Dictionary<string, int> _links = new(StringComparer.Ordinal);

    public required Swarm Swarm { get; set; }

    /// <summary>Cuts what the node sends, what is sent to it, or both.</summary>
    public void Cut(string node, bool from, bool to)
    {
        _ = from && _cutFrom.Add(node);
        _ = to && _cutTo.Add(node);
    }

    public void Heal(string node)
    {
        _cutFrom.Remove(node);
        _cutTo.Remove(node);
    }

    /// <summary>The node's connection breaks: whatever is under way on it, in either direction, is gone.</summary>
    public void Drop(string node) => _links[node] = _links.GetValueOrDefault(node) + 1;

    public void FromNode(string node, Action deliver)
    {
        if (!_cutFrom.Contains(node))
        {
            Send(OnLink(node, deliver));
        }
    }

    public void ToNode(string node, Action deliver)
    {
        if (!_cutTo.Contains(node))
        {
            Send(OnLink(node, deliver));
        }
    }

    /// <summary>Between machines of the farm's servers.</summary>
    public void Send(Action deliver)
    {
        if (random.Chance(Swarm.Loss))
        {
            return;
        }

        world.After(Delay(), deliver);
        if (random.Chance(Swarm.Duplication))
        {
            world.After(Delay(), deliver);
        }
    }

    /// <summary>Within one process, between an actor and its child.</summary>
    public void Local(Action deliver)
    {
        if (!random.Chance(Swarm.LocalLoss))
        {
            // A mailbox may be long: what is on its way to an actor can be overtaken by what other actors do.
            world.After(random.Chance(Swarm.LocalLoss) ? random.Between(0, 8 * World.Second) : random.Between(1, 50), deliver);
        }
    }

    private Action OnLink(string node, Action deliver)
    {
        var link = _links.GetValueOrDefault(node);
        return () =>
        {
            if (_links.GetValueOrDefault(node) == link)
            {
                deliver();
            }
        };
    }

    private long Delay() => random.Chance(Swarm.LongDelay)
        ? random.Between(World.Second, 20 * World.Second)
        : random.Between(World.Millisecond / 5, 20 * World.Millisecond);
}
