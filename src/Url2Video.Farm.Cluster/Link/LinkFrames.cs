using System.Collections.Frozen;
using System.Text;
using System.Text.Json;
using Url2Video.Farm.Cluster.Protocol;
using Url2Video.Farm.Cluster.Serialization;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Dispatch;
using Url2Video.Farm.Core.Nodes;

namespace Url2Video.Farm.Cluster.Link;

/// <summary>The other end sent what it must not; the link is closed.</summary>
internal sealed class LinkFault(string message, Exception? cause = null) : Exception(message, cause);

/// <summary>
/// One direction of a link: which messages may come, and how long they may be. A frame is one text message of the WebSocket: the word of
/// <see cref="WireNames"/>, a line feed, the JSON of the farm's serializer. What is not on the list does not exist here, whatever else the
/// serializer knows: a node cannot send what only servers say.
/// </summary>
internal sealed class LinkFrames
{
    private const byte Separator = (byte)'\n';
    private const int WordCharsMax = 64;

    private readonly FrozenDictionary<string, Type> _types;

    private LinkFrames(int bytesMax, params Type[] types) =>
        (BytesMax, _types) = (bytesMax, types.ToFrozenDictionary(t => WireNames.Messages[t], StringComparer.Ordinal));

    public static LinkFrames ToServer { get; } = new(
        Limits.LinkBytesToServerMax,
        typeof(LinkMessage.Hello),
        typeof(LinkMessage.Replayed),
        typeof(LinkMessage.Remeasured),
        typeof(LinkMessage.Goodbye),
        typeof(DispatchMessage.Demand),
        typeof(JobEnvelope));

    public static LinkFrames ToNode { get; } = new(
        FarmJson.BytesMax,
        typeof(LinkMessage.Welcome),
        typeof(LinkMessage.Settings),
        typeof(LinkMessage.Beat),
        typeof(LinkMessage.Refused),
        typeof(NodeMessage.Grant),
        typeof(NodeMessage.Reserve),
        typeof(NodeMessage.Ack),
        typeof(NodeMessage.Cancel),
        typeof(NodeMessage.Drain),
        typeof(NodeMessage.Resume),
        typeof(NodeMessage.TellDemand));

    public int BytesMax { get; }

    /// <exception cref="LinkFault">Not a message of this direction, or too long: a fault of this end.</exception>
    public byte[] Write(object message)
    {
        if (!WireNames.Messages.TryGetValue(message.GetType(), out var word) || !_types.ContainsKey(word))
        {
            throw new LinkFault($"{message.GetType().Name} does not go this way.");
        }

        byte[] frame = [.. Encoding.ASCII.GetBytes(word), Separator, .. FarmJson.Write(message)];
        return frame.Length <= BytesMax ? frame : throw new LinkFault($"{word} has {frame.Length} bytes; at most {BytesMax} go.");
    }

    /// <exception cref="LinkFault">A fault of the other end.</exception>
    public object Read(ReadOnlySpan<byte> frame)
    {
        var end = frame[..Math.Min(frame.Length, WordCharsMax + 1)].IndexOf(Separator);
        if (frame.Length > BytesMax || end < 0 || !_types.TryGetValue(Encoding.ASCII.GetString(frame[..end]), out var type))
        {
            throw new LinkFault("A message that does not go this way.");
        }

        try
        {
            return FarmJson.Read(frame[(end + 1)..], type);
        }
        catch (Exception fault) when (fault is JsonException or NotSupportedException or ArgumentException)
        {
            throw new LinkFault($"A {type.Name} that cannot be read.", fault);
        }
    }
}
