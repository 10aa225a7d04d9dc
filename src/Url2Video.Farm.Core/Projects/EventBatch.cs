using System.Collections.Immutable;
using static Url2Video.Farm.Core.Projects.ProjectEvent;

namespace Url2Video.Farm.Core.Projects;

/// <summary>The events of a turn; neighbours that say the same kind of thing become one, so many chunks cost one journal entry.</summary>
internal sealed class EventBatch
{
    private readonly ImmutableArray<ProjectEvent>.Builder _events = ImmutableArray.CreateBuilder<ProjectEvent>();
    private readonly List<FinishedChunk> _chunks = [];
    private readonly List<SpokenScene> _scenes = [];

    public void Add(ProjectEvent fact)
    {
        switch (fact)
        {
            case ChunksFinished e when _scenes.Count == 0:
                _chunks.AddRange(e.Chunks);
                break;
            case ScenesSpoken e when _chunks.Count == 0:
                _scenes.AddRange(e.Scenes);
                break;
            default:
                Close();
                _events.Add(fact);
                break;
        }
    }

    public ImmutableArray<ProjectEvent> ToImmutable()
    {
        Close();
        return _events.DrainToImmutable();
    }

    private void Close()
    {
        if (_chunks.Count > 0)
        {
            _events.Add(new ChunksFinished([.. _chunks]));
            _chunks.Clear();
        }

        if (_scenes.Count > 0)
        {
            _events.Add(new ScenesSpoken([.. _scenes]));
            _scenes.Clear();
        }
    }
}
