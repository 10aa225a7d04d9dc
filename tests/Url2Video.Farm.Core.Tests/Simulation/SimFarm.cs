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
    private readonly List<DispatchLogic> _dispatchers = [];
    private int _dispatcherLives;
    private int _projectLives;

    public SimFarm(ulong seed, SimRules rules)
    {
        Random = new SplitMix(seed);
        (Rules, Swarm) = (rules, Swarm.Of(Random.Fork()));
        Network = new Network(World, Random.Fork()) { Swarm = Swarm };
        StartDispatcher();
        TickDispatchers();
    }

    public World World { get; } = new();

    public SplitMix Random { get; }

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

    public IReadOnlyList<DispatchLogic> Dispatchers => _dispatchers;

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
    public void Double(SimProject project)
    {
        Zombies.Add(project);
        Projects[project.Id.Value] = new SimProject(this, project.Id, _projectLives++);
    }

    public void StartDispatcher(bool beside = false)
    {
        if (!beside)
        {
            _dispatchers.Clear();
        }

        _dispatchers.Add(new DispatchLogic(new DispatcherId($"dispatcher{_dispatcherLives++}")));
        foreach (var node in Nodes.Values)
        {
            Network.ToNode(node.Name, () => node.Tell(node.Self, new NodeMessage.TellDemand()));
        }
    }

    public void KeepOneDispatcher() => _dispatchers.RemoveRange(0, _dispatchers.Count - 1);

    public void TellProject(ProjectId id, ProjectMessage message) => Network.Send(() => Projects[id.Value].Tell(message));

    public void TellJob(JobId job, JobMessage message)
    {
        // In a split, some still talk to the life that is over.
        var zombie = Zombies.Count > 0 && Random.Chance(0.3) ? Zombies.Find(z => z.Id == job.Project) : null;
        (zombie ?? Projects[job.Project.Value]).TellJob(job, message);
    }

    public void TellDispatcher(DispatchMessage message) => Handle(_dispatchers[Random.Below(_dispatchers.Count)], message);

    public void TellGone(NodeIncarnation node)
    {
        foreach (var dispatcher in _dispatchers.ToList())
        {
            Network.Send(() => Handle(dispatcher, new DispatchMessage.NodeGone(node)));
        }

        foreach (var job in Projects.Values.Concat(Zombies).SelectMany(p => p.Jobs).Select(j => j.Id).Distinct().ToList())
        {
            Network.Send(() => TellJob(job, new JobMessage.NodeGone(node)));
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
                    Network.Send(() => TellDispatcher(e.Message));
                    break;
                case JobEffect.ToOneDispatcher e:
                    Network.Send(() => _ = _dispatchers.Find(d => d.Id == e.To) is { } dispatcher && Handle(dispatcher, e.Message));
                    break;
                case JobEffect.ToNode e:
                    Network.ToNode(e.To.Node.Value, () => Nodes[e.To.Node.Value].Tell(e.To, e.Message));
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

    private bool Handle(DispatchLogic dispatcher, DispatchMessage message)
    {
        var effects = new List<DispatchEffect>();
        dispatcher.Handle(message, World.Now, effects);
        foreach (var effect in effects)
        {
            switch (effect)
            {
                case DispatchEffect.Assign e:
                    World.Trace("Assign", e.Message.Job.Name, e.Message.Offer);
                    Network.Send(() => TellJob(e.Message.Job, e.Message));
                    break;
                case DispatchEffect.Preempt e:
                    Network.Send(() => TellJob(e.Message.Job, e.Message));
                    break;
            }
        }

        return true;
    }

    private void TickDispatchers()
    {
        foreach (var dispatcher in _dispatchers.ToList())
        {
            Handle(dispatcher, new DispatchMessage.Tick());
        }

        World.After(World.Second, TickDispatchers);
    }
}
