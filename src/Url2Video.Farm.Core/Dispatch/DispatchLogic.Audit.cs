namespace Url2Video.Farm.Core.Dispatch;

/// <summary>For tests: whether the running sums are what they stand for.</summary>
public sealed partial class DispatchLogic
{
    /// <summary>What is wrong with the books; null when they are right. Walks all nodes.</summary>
    internal string? Complaint()
    {
        foreach (var node in _nodes.Values)
        {
            var pending = node.Holds.Values.Count(static h => h.Stage == HoldStage.Pending);
            if (node.Pending != pending)
            {
                return $"{node.Id}: {node.Pending} assignments counted as under way, {pending} are"; // Too few: it is given more than it can take.
            }

            if (node.FreeSlots < 0 || node.Room > node.FreeSlots)
            {
                return $"{node.Id}: room for {node.Room} in {node.FreeSlots} free slots";
            }
        }

        return null;
    }
}
