using Url2Video.Farm.Core.Dispatch;
using Url2Video.Farm.Core.Jobs;

namespace Url2Video.Farm.Core.Tests.Simulation;

/// <summary>Lets things go wrong, one at a time and at random moments, until it is told to stop.</summary>
internal sealed class Storm(SimFarm farm)
{
    private readonly SplitMix _random = farm.Random.Fork();
    private readonly List<Action<Storm>> _faults = FaultsOf(farm.Swarm);
    private bool _over;

    public void Begin()
    {
        if (_faults.Count > 0)
        {
            Next();
        }
    }

    /// <summary>Mends everything: what was down comes up, what was cut is joined.</summary>
    public void End()
    {
        _over = true;
        farm.BeQuiet();
        farm.Heal();
        foreach (var zombie in farm.Zombies.ToList())
        {
            zombie.IsFrozen = false;
            farm.Restart(zombie);
        }

        foreach (var node in farm.Nodes.Values)
        {
            farm.Network.Heal(node.Name);
            (node.IsPaused, node.Slowness) = (false, 1);
            if (!node.IsUp)
            {
                node.Start();
            }
        }
    }

    private static List<Action<Storm>> FaultsOf(Swarm swarm)
    {
        var faults = new (bool On, Action<Storm> Fault)[]
        {
            (swarm.NodeCrashes, s => s.CrashNode()),
            (swarm.NodePauses, s => s.PauseNode()),
            (swarm.NodePauses, s => s.SlowNode()),
            (swarm.NodesDowned, s => s.DownNode()),
            (swarm.Cuts, s => s.CutNode()),
            (swarm.ProjectCrashes, s => s.Farm.Restart(s.AnyProject())),
            (swarm.Zombies, s => s.DoubleProject()),
            (swarm.DispatcherCrashes, s => s.Farm.StartDispatcher()),
            (swarm.TwoDispatchers, s => s.SplitDispatcher()),
            (swarm.Splits, s => s.SplitServers()),
            (swarm.Relinks, s => s.AnyNode().Relink()),
            (swarm.LostFiles, s => s.Farm.Oracle.Lose(s._random)),
            (swarm.Preemption > 0, s => s.Interfere((job, attempt) => new JobMessage.Preempt(job, attempt, new DispatcherId("any")))),
            (swarm.Speculation > 0, s => s.Interfere((_, _) => new JobMessage.Speculate())),
            (swarm.TotalCrashes, s => s.CrashAll()),
        };
        return [.. faults.Where(f => f.On).Select(f => f.Fault)];
    }

    private SimFarm Farm => farm;

    private void Next() => farm.World.After(_random.Between(World.Second / 5, 8 * World.Second), () =>
    {
        if (!_over)
        {
            _faults[_random.Below(_faults.Count)](this);
            farm.World.Trace("fault", "");
            Next();
        }
    });

    private SimNode AnyNode() => farm.Nodes.Values.ElementAt(_random.Below(farm.Nodes.Count));

    private SimProject AnyProject() => farm.Projects.Values.ElementAt(_random.Below(farm.Projects.Count));

    private void Later(long secondsMax, Action action)
    {
        farm.World.After(_random.Between(World.Second / 2, secondsMax * World.Second), () =>
        {
            if (!_over)
            {
                action();
            }
        });
    }

    private void CrashNode()
    {
        var node = AnyNode();
        if (!node.IsUp)
        {
            return;
        }

        var gone = node.Self;
        node.Crash();
        Later(30, () =>
        {
            if (!node.IsUp)
            {
                node.Start();
            }
        });
        if (_random.Chance(0.7))
        {
            Later(12, () => farm.TellGone(gone)); // Else the failure detector saw nothing and leases have to run out.
        }
    }

    private void PauseNode()
    {
        var node = AnyNode();
        node.IsPaused = true;
        Later(40, () => node.IsPaused = false);
    }

    private void SlowNode()
    {
        var node = AnyNode();
        node.Slowness = _random.Below(20) + 1;
        Later(60, () => node.Slowness = 1);
    }

    // Taken for dead though it lives; as in a real cluster it has to begin a new life to come back.
    private void DownNode()
    {
        var node = AnyNode();
        if (!node.IsUp)
        {
            return;
        }

        var gone = node.Self;
        farm.TellGone(gone);
        farm.World.After(_random.Between(World.Second, 20 * World.Second), () =>
        {
            if (node.IsUp && node.Self == gone)
            {
                node.Crash();
                node.Start();
            }
        });
    }

    private void CutNode()
    {
        var node = AnyNode();
        var way = _random.Below(3);
        farm.Network.Cut(node.Name, from: way != 1, to: way != 0);
        Later(40, () => farm.Network.Heal(node.Name));
    }

    private void DoubleProject()
    {
        var project = AnyProject();
        project.IsFrozen = _random.Chance(0.5);
        farm.Double(project);
        Later(30, () => project.IsFrozen = false);
        Later(90, () =>
        {
            if (farm.Zombies.Contains(project))
            {
                farm.Restart(project);
            }
        });
    }

    private void SplitServers()
    {
        farm.Split();
        Later(40, farm.Heal);
    }

    /// <summary>Says something to every running job of a project, sooner or later.</summary>
    private void Interfere(Func<JobId, long, JobMessage> message)
    {
        foreach (var job in AnyProject().Jobs.ToList())
        {
            if (job.State.Stage is JobStage.Running { Lease: var lease } && _random.Chance(0.5))
            {
                var (id, attempt) = (job.Id, job.State.Twin?.Held is { } twin && _random.Chance(0.3) ? twin.Attempt : lease.Attempt);
                farm.Network.Send(() => farm.TellJob(id, message(id, attempt), farm.Servers.Any(_random)));
                farm.World.After(_random.Between(World.Second / 5, 2 * World.Second), () => farm.TellJob(id, message(id, attempt), farm.Servers.Any(_random)));
            }
        }
    }

    private void SplitDispatcher()
    {
        if (farm.Dispatchers.Count() == 1)
        {
            farm.StartDispatcher(beside: true);
            Later(30, farm.KeepOneDispatcher);
        }
    }

    /// <summary>kill -9 of the process that holds everything.</summary>
    private void CrashAll()
    {
        foreach (var node in farm.Nodes.Values)
        {
            node.Crash();
            node.Start();
        }

        foreach (var project in farm.Projects.Values.ToList())
        {
            farm.Restart(project);
        }

        farm.StartDispatcher();
    }
}
