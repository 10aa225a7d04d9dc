using System.Collections.Immutable;
using Url2Video.Farm.Cluster.Protocol;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Dispatch;
using Url2Video.Farm.Core.Jobs;
using Url2Video.Farm.Core.Nodes;

namespace Url2Video.Farm.Cluster.Link;

/// <summary>
/// For whom a node may speak: for its own life, and for reports of its own former lives. Everything else it might say is said by somebody
/// who is not that node. Pure.
/// </summary>
internal static class LinkRules
{
    /// <param name="node">As its session says.</param>
    /// <returns>Null: may stand. Else why the link is closed.</returns>
    public static string? Complaint(NodeId node, LinkMessage.Hello hello) =>
        hello.Node.Node != node ? "It says hello in another node's name."
        : hello.Node.Epoch < 1 ? "Its life has no number."
        : hello.Slots is < 1 or > Limits.SlotsPerNodeMax ? "Its number of slots is not possible."
        : hello.Spooled is < 0 or > Limits.ReportsKeptPerNodeMax ? "It keeps more reports than a node may."
        : hello.Version is not { Length: <= 64 } ? "Its version is none."
        : Complaint(hello.Capabilities, hello.Facts);

    /// <param name="self">As the link's Hello said.</param>
    /// <returns>Null: may be handed on. Else why the link is closed.</returns>
    public static string? Complaint(NodeIncarnation self, object message) => message switch
    {
        DispatchMessage.Demand m => m.Node != self ? "It tells another's demand."
            : m.FreeSlots is < 0 or > Limits.SlotsPerNodeMax || m.Running.Length > Limits.SlotsPerNodeMax
                || m.ReserveRoom is < 0 or > Limits.ReservesPerNodeMax ? "Its demand is not possible."
            : Complaint(m.Capabilities, string.Empty),
        JobEnvelope { NodePath: not null } => "It names an actor.",
        JobEnvelope m => Complaint(self, m.Job, m.Message),
        LinkMessage.Remeasured m => Complaint(m.Capabilities, m.Facts),
        LinkMessage.Goodbye m => m.Reason is { Length: <= 200 } ? null : "Its goodbye is too long.",
        LinkMessage.Replayed => null,
        _ => "It says what a node does not say here.",
    };

    private static string? Complaint(NodeIncarnation self, JobId to, JobMessage message)
    {
        (Lease Lease, bool MayBeOlder)? spoken = message switch
        {
            JobMessage.Accepted m => (m.Lease, false),
            JobMessage.Refused m => (m.Lease, m.Reason == RefusalReason.OtherIncarnation),
            JobMessage.Held m => (m.Lease, false),
            JobMessage.Finished m => (m.Lease, true),
            JobMessage.Failed m => (m.Lease, true),
            _ => null,
        };
        if (spoken is not var (lease, mayBeOlder))
        {
            return "It says what only servers say.";
        }

        return lease.Job != to ? "It speaks of one job to another."
            : lease.Node.Node != self.Node ? "It speaks of another node's lease."
            : lease.Node.Epoch == self.Epoch || (mayBeOlder && lease.Node.Epoch < self.Epoch) ? null
            : "It speaks for another life of its node.";
    }

    private static string? Complaint(ImmutableArray<string> capabilities, string facts) =>
        capabilities.IsDefault || capabilities.Length > Limits.CapabilitiesPerNodeMax ? "It has too many capabilities."
        : capabilities.Any(c => c is not { Length: > 0 and <= Limits.CapabilityCharsMax } || c.Any(char.IsControl)) ? "One of its capabilities is no word."
        : facts is not { Length: <= Limits.NodeFactsCharsMax } ? "Its facts are too long."
        : null;
}
