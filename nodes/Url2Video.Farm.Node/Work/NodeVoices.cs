using Url2Video.Farm.Core;
using Url2Video.Farm.Media.Speech;

namespace Url2Video.Farm.Node.Work;

/// <summary>The voices of this node, found once.</summary>
public sealed class NodeVoices
{
    private readonly Lazy<VoiceCatalog> _catalog = new(() => VoiceCatalog.Discover());

    public VoiceCatalog Catalog => _catalog.Value;

    /// <summary>What the node tells the dispatcher it can speak with: <c>voice:flite</c>, <c>voice:espeak</c>.</summary>
    public IReadOnlyCollection<string> Capabilities =>
        [.. Catalog.Voices.Select(v => $"voice:{v.Engine}").Distinct().Order(StringComparer.Ordinal)];

    /// <summary>
    /// Refuses a storyboard whose voice is not here while it is still cheap: a job that needs an engine which no node has would
    /// wait for ever. (Sound as long as a farm is one node; with many, the dispatcher must know what any node can do.)
    /// </summary>
    /// <exception cref="SpeechException">VoiceNotFound, naming what there is.</exception>
    public async Task RequireAsync(ArtifactRef storyboard, WorkContext context)
    {
        var board = await StoryboardFile.ReadAsync(context.Artifacts, storyboard, context.Cancellation).ConfigureAwait(false);
        if (board.Scenes.Any(s => !s.IsSilent))
        {
            _ = Catalog.Resolve(board.Voice.Id, board.Language);
        }
    }
}
