using Url2Video.Farm.Core.Nodes;

namespace Url2Video.Farm.Node.Work;

/// <summary>Everything this node can do.</summary>
public static class AllWorks
{
    /// <param name="facts">What was measured of this machine; null in a farm of one process, whose films need not be bound to an encoder.</param>
    public static IReadOnlyList<IWork> Create(TimeProvider clock, NodeVoices voices, NodeFacts? facts = null) =>
    [
        new IngestWork(clock, voices),
        new WriteWork(voices),
        new SpeakWork(voices),
        new RenderWork(facts is null ? string.Empty : EncoderWords.Among(facts.Words(), "libx264")),
        new MixWork(),
        new AssembleWork(),
    ];
}
