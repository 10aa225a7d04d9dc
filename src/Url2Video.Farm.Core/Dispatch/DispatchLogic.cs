using System.Collections.Immutable;

namespace Url2Video.Farm.Core.Dispatch;

/// <summary>Who gets which job. Memory only.</summary>
public sealed class DispatchLogic(DispatcherId id)
{
    public DispatcherId Id { get; } = id;

    /// <summary>Takes one message and adds the assignments that follow from it.</summary>
    public void Handle(DispatchMessage message, DateTimeOffset now, ICollection<Assignment> assignments)
    {
        ArgumentNullException.ThrowIfNull(message);
        ArgumentNullException.ThrowIfNull(assignments);
        _ = Id;
    }
}
