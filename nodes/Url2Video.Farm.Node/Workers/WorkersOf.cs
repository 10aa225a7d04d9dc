using System.Collections.Immutable;
using System.Globalization;
using Url2Video.Farm.Core.Contracts;

namespace Url2Video.Farm.Node.Workers;

/// <summary>Puts the works of a node into worker processes, all but those that touch nothing native.</summary>
public static class WorkersOf
{
    /// <summary>The hidden verb that a worker process is started with.</summary>
    public const string Verb = "worker";

    public const string EncoderOption = "--encoder";
    public const string OthersSpeakOption = "--others-speak";
    public const string PluginsOption = "--plugins";
    public const string MemoryOption = "--memory-mib";

    /// <summary>See <see cref="Work.SceneRoom"/>: a confined process cannot look how much its machine has.</summary>
    public const string RoomOption = "--room-mib";

    /// <summary>A folder in which it works; nothing else of the machine's data is for it.</summary>
    public const string FolderOption = "--folder";

    /// <summary>It fetches from the web, so it may open sockets.</summary>
    public const string OnlineOption = "--online";

    /// <summary>It has confined itself and begun anew.</summary>
    public const string ConfinedOption = "--confined";

    /// <summary>Says what it can still do, with a file that it should not be able to read, and ends.</summary>
    public const string CheckOption = "--check";

    /// <param name="program">What starts this program.</param>
    /// <param name="encoder">See <see cref="Work.RenderWork"/>.</param>
    /// <param name="memoryMibMax">Private memory of each; 0: no bound.</param>
    /// <param name="roomMib">What of that the machine has.</param>
    /// <param name="folders">Artifacts and scratch; existing. Empty: the processes are not confined.</param>
    /// <param name="plugins">Where plugins lie; empty: nowhere.</param>
    public static ImmutableArray<string> Command(
        IEnumerable<string> program, string encoder, bool othersMaySpeak, int memoryMibMax, int roomMib, IEnumerable<string> folders, string plugins = "") =>
    [
        .. program, Verb, EncoderOption, encoder, MemoryOption, memoryMibMax.ToString(CultureInfo.InvariantCulture),
        RoomOption, roomMib.ToString(CultureInfo.InvariantCulture), .. othersMaySpeak ? [OthersSpeakOption] : Array.Empty<string>(),
        .. folders.SelectMany(f => new[] { FolderOption, f }), .. plugins.Length > 0 ? [PluginsOption, plugins] : Array.Empty<string>(),
    ];

    public static IReadOnlyList<IWork> Pooled(this IReadOnlyList<IWork> works, WorkerPool pool)
    {
        ArgumentNullException.ThrowIfNull(pool);
        return [.. works.Select(w => w.Kind == JobKind.Write ? w : new PooledWork(w, pool))];
    }
}
