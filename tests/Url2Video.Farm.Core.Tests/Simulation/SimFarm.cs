using System.Collections.Immutable;
using Url2Video.Farm.Core.Dispatch;
using Url2Video.Farm.Core.Errors;
using Url2Video.Farm.Core.Jobs;
using Url2Video.Farm.Core.Nodes;
using Url2Video.Farm.Core.Projects;

namespace Url2Video.Farm.Core.Tests.Simulation;

/// <summary>The whole farm: projects over their journals, dispatchers, nodes, and what carries messages between them.</summary>
internal sealed class SimFarm
{
    private readonly List<(DispatchLogic Logic, int Server)> _dispatchers = [];
    private int _dispatcherLives;
    private int _projectLives;

    public SimFarm(ulong seed, SimRules rules)
    {
        Random = new SplitMix(seed);
        (Rules, Swarm) = (rules, Swarm.Of(Random.Fork()));
        Servers = new SimServers(1 + Random.Below(3));
        Network = new Network(World, Random.Fork()) { Swarm = Swarm };
        StartDispatcher();
        TickDispatchers();
    }

    public World World { get; } = new();

    public SplitMix Random { get; }

    public SimServers Servers { get; }

    /// <summary>What every film of a limited run takes one of while any of its jobs runs.</summary>
    public const string Licence = "licence";

    public const int Licences = 2;

    public SimRules Rules { get; }

    public Oracle Oracle { get; } = new();

    public Network Network { get; }

    public Swarm Swarm { get; private set; }

    public SortedDictionary<string, SimNode> Nodes { get; } = new(StringComparer.Ordinal);

    public Dictionary<ProjectId, SimJournal> Journals { get; } = [];

    public Dictionary<ProjectId, SimOutput> Outputs { get; } = [];

    /// <summary>The life of each project that cluster sharding knows of.</summary>
    public SortedDictionary<string, SimProject> Projects { get; } = new(StringComparer.Ordinal);

    /// <summary>Former lives that do not know that they are over.</summary>
    public List<SimProject> Zombies { get; } = [];

    public IEnumerable<DispatchLogic> Dispatchers => _dispatchers.Select(d => d.Logic);

    public Action<ProjectId, FarmError?> Answered { get; set; } = static (_, _) => { };

    public void AddNode(string name, int slots, ImmutableArray<string> capabilities) =>
        Nodes.Add(name, new SimNode(this, name, slots, capabilities));

    public void AddProject(ProjectId id)
    {
        Outputs.Add(id, new SimOutput());
        Journals.Add(id, new SimJournal(id, World, Random.Fork(), Rules, Oracle, Outputs[id]) { Swarm = Swarm });
        Projects.Add(id.Value, new SimProject(this, id, _projectLives++));
    }

    public void BeQuiet()
    {
        Swarm = Swarm.Quiet();
        Network.Swarm = Swarm;
        foreach (var journal in Journals.Values)
        {
            journal.Swarm = Swarm;
        }
    }

    /// <summary>Ends this life; unless another one has begun meanwhile, a new one does.</summary>
    public void Restart(SimProject project)
    {
        project.Stop();
        Zombies.Remove(project);
        if (Projects[project.Id.Value] == project)
        {
            Projects[project.Id.Value] = new SimProject(this, project.Id, _projectLives++);
        }
    }

    /// <summary>The cluster believes this life dead and starts another, while it goes on.</summary>
    public void Double(SimProject project, int? server = null)
    {
        Zombies.Add(project);
        Projects[project.Id.Value] = new SimProject(this, project.Id, _projectLives++) { Server = server ?? Servers.Any(Random) };
    }

    /// <summary>The servers fall into two sides that both live on: each side starts what it can no longer reach.</summary>
    public void Split()
    {
        if (!Servers.Split(Random))
        {
            return;
        }

        foreach (var project in Projects.Values.Where(p => !Servers.Reach(0, p.Server)).ToList())
        {
            Double(project, server: 0);
        }

        if (!_dispatchers.Exists(d => Servers.Reach(0, d.Server)))
        {
            StartDispatcher(beside: true, server: 0);
        }
    }

    public void Heal()
    {
        Servers.Heal();
        KeepOneDispatcher();
    }

    public void StartDispatcher(bool beside = false, int? server = null)
    {
        if (!beside)
        {
            _dispatchers.Clear();
        }

        var dispatcher = (new DispatchLogic(new DispatcherId($"dispatcher{_dispatcherLives++}")), server ?? Servers.Any(Random));
        _dispatchers.Add(dispatcher);
        Handle(dispatcher.Item1, new DispatchMessage.Tick(), World.Now - Rules.DispatcherHeadStart);
        foreach (var node in Nodes.Values)
        {
            Network.ToNode(node.Name, () => node.Tell(node.Self, new NodeMessage.TellDemand()));
        }
    }

    public void KeepOneDispatcher() => _dispatchers.RemoveRange(0, _dispatchers.Count - 1);

    public void TellProject(ProjectId id, ProjectMessage message) => Network.Send(() => Projects[id.Value].Tell(message));

    /// <summary>To the life of the job's project that the sharding of the sender's side knows of.</summary>
    public void TellJob(JobId job, JobMessage message, int from)
    {
        // In a split, some still talk to the life that is over.
        var current = Projects[job.Project.Value];
        var zombie = Zombies.Count == 0 ? null : Zombies.Find(z => z.Id == job.Project && Servers.Reach(from, z.Server));
        var isReached = Servers.Reach(from, current.Server);
        (isReached && (zombie is null || !Random.Chance(0.3)) ? current : zombie)?.TellJob(job, message);
    }

    public void TellDispatcher(DispatchMessage message, int from)
    {
        var reached = _dispatchers.Where(d => Servers.Reach(from, d.Server)).ToList();
        if (reached.Count > 0)
        {
            Handle(reached[Random.Below(reached.Count)].Logic, message, World.Now);
        }
    }

    public void TellGone(NodeIncarnation node)
    {
        foreach (var dispatcher in Dispatchers.ToList())
        {
            Network.Send(() => Handle(dispatcher, new DispatchMessage.NodeGone(node), World.Now));
        }

        foreach (var job in Projects.Values.Concat(Zombies).SelectMany(p => p.Jobs).Select(j => j.Id).Distinct().ToList())
        {
            Network.Send(() => TellJob(job, new JobMessage.NodeGone(node), Servers.Any(Random)));
        }
    }

    public void Carry(SimProject from, JobId job, ImmutableArray<JobEffect> effects)
    {
        foreach (var effect in effects)
        {
            Oracle.FromJob(from, Journals[from.Id].State, job, effect);
            switch (effect)
            {
                case JobEffect.ToDispatcher e:
                    Network.Send(() => TellDispatcher(e.Message, from.Server));
                    break;
                case JobEffect.ToOneDispatcher e:
                    Network.Send(() =>
                    {
                        var (to, server) = _dispatchers.Find(d => d.Logic.Id == e.To);
                        _ = to is not null && Servers.Reach(from.Server, server) && Handle(to, e.Message, World.Now);
                    });
                    break;
                case JobEffect.ToNode e:
                    if (Servers.Reach(from.Server, Nodes[e.To.Node.Value].Server))
                    {
                        Network.ToNode(e.To.Node.Value, () => Nodes[e.To.Node.Value].Tell(e.To, e.Message));
                    }

                    break;
                case JobEffect.ToProject e:
                    Network.Local(() => from.Tell(e.Message));
                    break;
                case JobEffect.Stop:
                    from.JobStopped(job.Name);
                    break;
            }
        }
    }

    private bool Handle(DispatchLogic dispatcher, DispatchMessage message, DateTimeOffset now)
    {
        var effects = new List<DispatchEffect>();
        dispatcher.Handle(message, now, effects);
        if (dispatcher.Complaint() is { } complaint)
        {
            throw new ViolationException("dispatcher: " + complaint);
        }

        var server = _dispatchers.Find(d => d.Logic == dispatcher).Server;
        foreach (var effect in effects)
        {
            switch (effect)
            {
                case DispatchEffect.Assign e:
                    World.Trace("Assign", e.Message.Job.Name, e.Message.Offer);
                    Network.Send(() => TellJob(e.Message.Job, e.Message, server));
                    break;
                case DispatchEffect.Reserve e:
                    Network.Send(() => TellJob(e.Message.Job, e.Message, server));
                    break;
                case DispatchEffect.Unreserve e:
                    Network.Send(() => TellJob(e.Message.Job, e.Message, server));
                    break;
                case DispatchEffect.Preempt e:
                    Network.Send(() => TellJob(e.Message.Job, e.Message, server));
                    break;
                case DispatchEffect.AskLimit e:
                    Network.Send(() => Handle(dispatcher, new DispatchMessage.SetLimit(e.Name, Licences), World.Now));
                    break;
            }
        }

        return true;
    }

    private void TickDispatchers()
    {
        foreach (var dispatcher in Dispatchers.ToList())
        {
            Handle(dispatcher, new DispatchMessage.Tick(), World.Now);
        }

        World.After(World.Second, TickDispatchers);
    }
}
