using Url2Video.Farm.Core.Dispatch;
using Url2Video.Farm.Core.Nodes;
using Url2Video.Farm.Core.Projects;

namespace Url2Video.Farm.Core.Jobs;

/// <summary>What a job wants sent. Nothing here needs an answer to arrive: whatever matters is sent again on a tick.</summary>
public abstract record JobEffect
{
    private JobEffect() { }

    /// <summary>To whichever dispatcher serves the pool now.</summary>
    public sealed record ToDispatcher(DispatchMessage Message) : JobEffect;

    /// <summary>To one dispatcher, which need not be the present one.</summary>
    public sealed record ToOneDispatcher(DispatcherId To, DispatchMessage Message) : JobEffect;

    /// <summary>To one life of a node; undeliverable to any later life.</summary>
    public sealed record ToNode(NodeIncarnation To, NodeMessage Message) : JobEffect;

    public sealed record ToProject(ProjectMessage.JobSettled Message) : JobEffect;

    /// <summary>For displays only; may be dropped.</summary>
    public sealed record Progress(JobId Job, int Permille) : JobEffect
    {
        /// <inheritdoc cref="JobMessage.Held.Line"/>
        public string Line { get; init; } = string.Empty;
    }

    /// <summary>For people: half of the time it may take is over.</summary>
    public sealed record Late(JobId Job, NodeIncarnation Node, int SecondsMax) : JobEffect;

    /// <summary>The job is over; its machine may go. Later messages for it go to <see cref="JobLogic.AnswerForNone"/>.</summary>
    public sealed record Stop : JobEffect;
}
