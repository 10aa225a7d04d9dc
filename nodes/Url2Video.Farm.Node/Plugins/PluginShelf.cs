using System.Collections.Immutable;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Errors;
using Url2Video.Farm.Core.Plugins;
using Url2Video.Farm.Core.Storyboards;

namespace Url2Video.Farm.Node.Plugins;

/// <summary>The plugins of this machine: the folders below one folder, found once.</summary>
public sealed class PluginShelf
{
    private PluginShelf(string? root, ImmutableArray<PluginFolder> plugins, ImmutableArray<FarmError> refused, ImmutableArray<string> launcher) =>
        (Root, Plugins, Refused, Launcher) = (root, plugins, refused, launcher);

    /// <summary>No plugins, and nowhere to have them.</summary>
    public static PluginShelf None { get; } = new(null, [], [], []);

    /// <summary>Where they lie; null: nowhere.</summary>
    public string? Root { get; }

    /// <summary>In order of their ids.</summary>
    public ImmutableArray<PluginFolder> Plugins { get; }

    /// <summary>Why other folders are no plugins.</summary>
    public ImmutableArray<FarmError> Refused { get; }

    /// <summary>The program that confines itself and becomes the plugin; see <see cref="PluginConfinement"/>.</summary>
    public ImmutableArray<string> Launcher { get; }

    /// <summary>Other nodes may have plugins that this one lacks.</summary>
    public bool OthersMayHave { get; private init; }

    /// <summary>The node's words for the dispatcher.</summary>
    public IEnumerable<string> Words => Plugins.Select(p => p.Manifest.Word).Order(StringComparer.Ordinal);

    /// <param name="root">A folder of plugins; one that is not there has none.</param>
    public static PluginShelf Open(string root, IEnumerable<string> launcher)
    {
        var (plugins, refused) = (ImmutableArray.CreateBuilder<PluginFolder>(), ImmutableArray.CreateBuilder<FarmError>());
        var folders = Directory.Exists(root) ? Directory.EnumerateDirectories(root).Order(StringComparer.Ordinal).Take(Limits.PluginsPerNodeMax) : [];
        foreach (var path in folders)
        {
            try
            {
                var plugin = PluginFolder.Read(path);
                plugin.Verify();
                plugins.Add(plugin);
            }
            catch (FarmException fault)
            {
                refused.Add(fault.Error);
            }
        }

        return new PluginShelf(root, [.. plugins.OrderBy(p => p.Manifest.Id, StringComparer.Ordinal)], refused.ToImmutable(), [.. launcher]);
    }

    /// <summary>One plugin, wherever it lies.</summary>
    public static PluginShelf Of(PluginFolder plugin, IEnumerable<string> launcher) => new(plugin.Path, [plugin], [], [.. launcher]);

    public PluginShelf With(bool othersMayHave) => new(Root, Plugins, Refused, Launcher) { OthersMayHave = othersMayHave };

    /// <exception cref="FarmException"><c>ERR_PLUGIN_MISSING</c>.</exception>
    public PluginFolder Find(string id, string sha256, string scene) => Plugins.FirstOrDefault(p => p.Manifest.Id == id && p.Manifest.Sha256 == sha256)
        ?? throw Missing(id, sha256, scene);

    /// <summary>
    /// Refuses a storyboard whose plugins are not here while it is still cheap, where nobody else could have them; and wrong numbers for those that are.
    /// </summary>
    /// <exception cref="FarmException"><c>ERR_PLUGIN_MISSING</c>, <c>ERR_INVALID_STORYBOARD</c>.</exception>
    public void Require(Storyboard board)
    {
        foreach (var scene in board.Scenes)
        {
            foreach (var plugin in scene.Plugins)
            {
                if (!OthersMayHave || Plugins.Any(p => p.Manifest.Id == plugin.Id && p.Manifest.Sha256 == plugin.Sha256))
                {
                    _ = ValuesOf(Find(plugin.Id, plugin.Sha256, scene.Id).Manifest, [.. plugin.Parameters.Select(p => (p.Name, p.Value))], scene.Id);
                }
            }
        }
    }

    /// <summary>All numbers of a plugin, in the order of its manifest.</summary>
    /// <exception cref="FarmException"><c>ERR_INVALID_STORYBOARD</c>, naming plugin and scene.</exception>
    public static ImmutableArray<int> ValuesOf(PluginManifest manifest, ImmutableArray<(string Name, int Value)> given, string scene)
    {
        foreach (var (name, value) in given)
        {
            var parameter = manifest.Parameters.FirstOrDefault(p => p.Name == name)
                ?? throw Wrong($"the plugin {manifest.Id} has no parameter \"{name}\"", $"It has: {string.Join(", ", manifest.Parameters.Select(p => p.Name))}.");
            if (value < parameter.Min || value > parameter.Max)
            {
                throw Wrong($"{name} of the plugin {manifest.Id} is {Text(value)}", $"Write {Text(parameter.Min)} to {Text(parameter.Max)}.");
            }
        }

        return [.. manifest.Parameters.Select(p => given.FirstOrDefault(g => g.Name == p.Name, (p.Name, p.Default)).Item2)];

        FarmException Wrong(string what, string wayOut) => new(ErrorCodes.InvalidStoryboard, $"Scene '{scene}': {what}.", wayOut);

        static string Text(int value) => (value / (decimal)PluginParameter.Scale).ToString("0.####", System.Globalization.CultureInfo.InvariantCulture);
    }

    private FarmException Missing(string id, string sha256, string scene)
    {
        var others = string.Join(", ", Plugins.Where(p => p.Manifest.Id == id).Select(p => p.Manifest.Sha256[..12]));
        return new FarmException(
            ErrorCodes.PluginMissing,
            $"Scene '{scene}' wants the plugin {id} {sha256[..12]}, which this machine does not have{(others.Length > 0 ? $"; it has {others}" : "")}.",
            Root is null ? "Put it into a folder and name that with URL2VIDEO_PLUGINS." : $"Put it below {Root}; `url2video plugin list` tells what is there.");
    }
}
