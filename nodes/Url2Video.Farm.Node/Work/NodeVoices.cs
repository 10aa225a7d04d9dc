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

    /// <summary>Other nodes may have voices that this one lacks: true for a node of a farm, false for a farm of one process.</summary>
    public bool OthersMaySpeak { get; init; }

    /// <summary>
    /// Refuses a storyboard whose voice is not here while it is still cheap: a job that needs an engine which no node has would
    /// wait for ever. In a farm of many the dispatcher finds the node that has it, and tells people when there is none.
    /// </summary>
    /// <exception cref="SpeechException">VoiceNotFound, naming what there is.</exception>
    public async Task RequireAsync(ArtifactRef storyboard, WorkContext context)
    {
        if (OthersMaySpeak)
        {
            return;
        }

        var board = await StoryboardFile.ReadAsync(context.Artifacts, storyboard, context.Cancellation).ConfigureAwait(false);
        if (board.Scenes.Any(s => s.NeedsVoice))
        {
            _ = Catalog.Resolve(board.Voice.Id, board.Language);
        }
    }
}
