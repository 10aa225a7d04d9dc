namespace Url2Video.Farm.Node.Work;

/// <summary>Everything this node can do.</summary>
public static class AllWorks
{
    public static IReadOnlyList<IWork> Create(TimeProvider clock, NodeVoices voices) =>
    [
        new IngestWork(clock, voices),
        new WriteWork(voices),
        new SpeakWork(voices),
        new RenderWork(),
        new MixWork(),
        new AssembleWork(),
    ];
}
