using System.Collections.Immutable;

namespace Url2Video.Farm.Node.Workers.Confinement;

/// <summary>What a worker process is confined to.</summary>
/// <param name="Folders">Existing ones in which it works, the last one for what is temporary; empty: it is not confined.</param>
/// <param name="Plugins">A folder from which programs may be started; empty: none.</param>
/// <param name="IsOnline">It fetches from the web, so it may open sockets.</param>
public sealed record WorkerBounds(ImmutableArray<string> Folders, string Plugins, bool IsOnline = false)
{
    /// <summary>Folders of strangers: read, never started.</summary>
    public ImmutableArray<string> Inputs { get; init => field = value.IsDefault ? [] : value; } = [];
}
