using System.Collections.Immutable;
using System.Globalization;
using Url2Video.Farm.Core.Errors;
using Url2Video.Farm.Core.Plugins;
using Url2Video.Farm.Media.Composition;

namespace Url2Video.Farm.Node.Plugins;

/// <summary>Opens the plugins that the shots of one job ask for, and ends all of them with it.</summary>
/// <param name="scratchDir">Of the job; each plugin that may write gets a folder in it.</param>
internal sealed class PluginFilters(PluginShelf shelf, string scratchDir, CancellationToken cancellation) : IFilterSource, IDisposable
{
    private readonly List<PluginProcess> _processes = [];
    private readonly List<PluginMemory> _memories = [];
    private bool _memoryIsRefused;

    /// <summary>What is missing or changed on this machine another may have, where there are others: ingest has let the storyboard in.</summary>
    /// <exception cref="FarmException"><c>ERR_PLUGIN_MISSING</c>, <c>ERR_PLUGIN_INVALID</c>, <c>ERR_PLUGIN_FAILED</c>, <c>ERR_INVALID_STORYBOARD</c>.</exception>
    public IFrameFilter Open(FilterUse use, int width, int height, FrameRate rate)
    {
        try
        {
            return OpenHere(use, width, height, rate);
        }
        catch (FarmException fault) when (shelf.OthersMayHave && fault.Error.Code is (ErrorCodes.PluginMissing or ErrorCodes.PluginInvalid))
        {
            throw new FarmException(fault.Error with { Retryable = true }, fault);
        }
    }

    public void Dispose()
    {
        _processes.ForEach(p => p.Dispose());
        _memories.ForEach(m => m.Dispose());
    }

    private PluginFilter OpenHere(FilterUse use, int width, int height, FrameRate rate)
    {
        var plugin = shelf.Find(use.Id, use.Identity, use.Scene);
        var values = PluginShelf.ValuesOf(plugin.Manifest, use.Parameters, use.Scene);
        var hello = new PluginHello(width, height, rate.Numerator, rate.Denominator, use.Seed, values);
        if (plugin.Manifest.Protocol >= PluginHello.MemoryProtocol && !_memoryIsRefused && PluginMemory.TryCreate(PluginPicture.BytesOf(width, height)) is { } memory)
        {
            _memories.Add(memory);
            try
            {
                return Begin(plugin, use.Scene, hello, memory);
            }
            catch (FarmException) when (_processes is [.., { HasNoMemory: true }])
            {
                _memoryIsRefused = true; // A system may forbid that one process opens what another has open. Then pictures go through the pipe.
            }
        }

        return Begin(plugin, use.Scene, hello, null);
    }

    private PluginFilter Begin(PluginFolder plugin, string scene, PluginHello hello, PluginMemory? memory)
    {
        var process = PluginProcess.Start(shelf, plugin, scene, ScratchOf(plugin.Manifest.Permissions), cancellation, memory);
        _processes.Add(process);
        return new PluginFilter(process, plugin, hello, memory);
    }

    // A new one each time: what one process left another must not find, not even its own other half in another piece of the film.
    private string? ScratchOf(ImmutableArray<PluginPermission> permissions)
    {
        if (!permissions.Contains(PluginPermission.Scratch))
        {
            return null;
        }

        var number = _processes.Count;
        string path;
        do
        {
            path = Path.Combine(scratchDir, string.Create(CultureInfo.InvariantCulture, $"plugin-{number++}"));
        }
        while (Directory.Exists(path));
        return Directory.CreateDirectory(path).FullName;
    }
}
