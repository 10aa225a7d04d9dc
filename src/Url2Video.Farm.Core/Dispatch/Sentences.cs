using System.Diagnostics;

namespace Url2Video.Farm.Core.Dispatch;

/// <summary>The cause of waiting in words, with its way out.</summary>
internal static class Sentences
{
    public static string Reserved(NodeIncarnation? by) => by is { Node: var node } ? $" Node {node} begins it by itself if nobody dispatches." : "";

    public static string Of(WaitReason reason, string fact) => reason switch
    {
        WaitReason.NotQueued => "It does not wait for a node: it is over, not begun, pausing after a failure, or its project is paused.",
        WaitReason.Running => $"It runs on {fact}.",
        WaitReason.Assigned => $"Node {fact} has room for it; the grant is under way.",
        WaitReason.TenantPaused => $"Tenant {fact} is paused.",
        WaitReason.TenantAsked => $"The dispatcher has just started and asks for the settings of tenant {fact}.",
        WaitReason.TenantFull => $"Its tenant runs {fact} jobs that it may run at once.",
        WaitReason.ProjectFull => $"Its project runs {fact} jobs that a project of this tenant may run at once.",
        WaitReason.LimitUndefined => $"Its project names limit {fact}, which nobody has defined.",
        WaitReason.LimitAsked => $"The dispatcher has just started and asks how much limit {fact} allows.",
        WaitReason.Learning => "The dispatcher has just started and waits until every node has told what it works on.",
        WaitReason.LimitCooling => $"A job of limit {fact} was refused a licence; all of that limit wait a little.",
        WaitReason.LimitFull => $"Limit {fact} in use.",
        WaitReason.NoNodes => "No node has joined.",
        WaitReason.NothingCapable => $"No node has what it needs: {fact}.",
        WaitReason.NothingUsable => $"Every node that could do it takes nothing on: {fact}.",
        WaitReason.Avoiding => $"It failed on {fact}, the only ones with room; others that could do it are busy.",
        WaitReason.AmountsTaken => $"Capable nodes have slots, but not enough left of {fact}.",
        WaitReason.KeptForGpu => "The slots that are left on GPU nodes are kept for GPU work.",
        WaitReason.Busy => $"{fact} nodes that could do it are busy, and other work goes first.",
        _ => throw new UnreachableException($"No sentence for {reason}."),
    };
}
