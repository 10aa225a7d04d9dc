using Url2Video.Farm.Core.Nodes;
using Url2Video.Farm.Node.Plugins;

namespace Url2Video.Farm.Node.Work;

/// <summary>Everything this node can do.</summary>
public static class AllWorks
{
    /// <param name="facts">What was measured of this machine.</param>
    /// <returns>See <see cref="RenderWork"/>.</returns>
    public static string EncoderOf(NodeFacts facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        return EncoderWords.Among(facts.Words(), "libx264");
    }

    /// <param name="encoder">Of <see cref="EncoderOf"/>; empty in a farm of one process, whose films need not be bound to an encoder.</param>
    /// <param name="plugins">Those of this machine; null: none.</param>
    /// <param name="room">For the pictures of a scene; null: the usual.</param>
    public static IReadOnlyList<IWork> Create(TimeProvider clock, NodeVoices voices, string encoder = "", PluginShelf? plugins = null, SceneRoom? room = null) =>
    [
        new IngestWork(clock, voices, plugins, room),
        new WriteWork(voices),
        new SpeakWork(voices),
        new RenderWork(encoder, plugins, room),
        new MixWork(),
        new AssembleWork(plugins),
    ];
}
