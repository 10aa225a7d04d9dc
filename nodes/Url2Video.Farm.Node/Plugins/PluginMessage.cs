using System.Buffers.Binary;

namespace Url2Video.Farm.Node.Plugins;

/// <summary>What may stand at the head of a message.</summary>
internal enum PluginMessageKind
{
    /// <summary>To the plugin, once: size, rate, seed, numbers.</summary>
    Hello = 1,

    /// <summary>From it, once: which protocol and who it is.</summary>
    Ready = 2,

    /// <summary>To it: a frame's number and its picture.</summary>
    Frame = 3,

    /// <summary>From it: the same number and what became of the picture.</summary>
    Picture = 4,

    /// <summary>From it, in place of an answer: why it cannot go on, as text.</summary>
    Failed = 5,
}

/// <summary>Twelve bytes before every message, little-endian: a mark, the kind, the length of what follows.</summary>
internal readonly record struct PluginMessage(PluginMessageKind Kind, int Length)
{
    public const int HeadBytes = 12;

    /// <summary>"U2VP".</summary>
    private const uint Mark = 0x5056_3255;

    public void Write(Span<byte> head)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(head, Mark);
        BinaryPrimitives.WriteUInt32LittleEndian(head[4..], (uint)Kind);
        BinaryPrimitives.WriteInt32LittleEndian(head[8..], Length);
    }

    /// <returns>Null when it is no head of a message.</returns>
    public static PluginMessage? Read(ReadOnlySpan<byte> head) =>
        BinaryPrimitives.ReadUInt32LittleEndian(head) == Mark && BinaryPrimitives.ReadUInt32LittleEndian(head[4..]) is >= 1 and <= 5 and var kind
            ? new PluginMessage((PluginMessageKind)kind, BinaryPrimitives.ReadInt32LittleEndian(head[8..]))
            : null;
}
