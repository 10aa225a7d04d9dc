using Url2Video.Farm.Core.Projects;

namespace Url2Video.Farm.Core.Tests.Simulation;

/// <summary>The disk that players see. It outlives every process.</summary>
internal sealed class SimOutput
{
    public int ChunksVisible { get; set; }

    public bool IsComplete { get; set; }

    public bool IsDelivered { get; set; }
}

/// <summary>Writes one project's package, one chunk at a time. Dies with the project's process; the disk stays.</summary>
internal sealed class SimPublisher(World world, SplitMix random, SimRules rules, Oracle oracle, SimOutput disk, Func<bool> isAlive, Action<ProjectMessage> tell)
{
    private readonly Queue<(ProjectEffect.Publish Order, int Chunk)> _work = new();
    private bool _busy;

    public void Publish(ProjectEffect.Publish order)
    {
        for (var chunk = order.From; chunk < order.To; chunk++)
        {
            _work.Enqueue((order, chunk));
        }

        _work.Enqueue((order, -1));
        Next();
    }

    public void Deliver() => world.After(Pause(), () =>
    {
        if (isAlive())
        {
            disk.IsDelivered = true;
            tell(new ProjectMessage.Delivered());
        }
    });

    private void Next()
    {
        if (_busy || !_work.TryDequeue(out var next))
        {
            return;
        }

        if (!rules.PublishesBeforeSaying && next.Chunk >= 0)
        {
            tell(new ProjectMessage.Published(next.Chunk + 1));
        }

        _busy = true;
        world.After(Pause(), () =>
        {
            _busy = false;
            if (isAlive())
            {
                Carry(next.Order.Inputs, next.Chunk, next.Order.To);
                Next();
            }
        });
    }

    private void Carry(PublishInputs inputs, int chunk, int to)
    {
        if (chunk >= 0)
        {
            oracle.Publishing(inputs, chunk, disk);
            disk.ChunksVisible = Math.Max(disk.ChunksVisible, chunk + 1);
            tell(new ProjectMessage.Published(chunk + 1));
        }
        else if (inputs is { Sound: not null, Files: not null } && to == inputs.Plan.Chunks.Length && disk.ChunksVisible == to)
        {
            disk.IsComplete = true;
            tell(new ProjectMessage.PublicationCompleted());
        }
    }

    private long Pause() => random.Between(5 * World.Millisecond, 200 * World.Millisecond);
}
