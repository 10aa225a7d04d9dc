using Url2Video.Farm.Cli.Local;
using Url2Video.Farm.Node.Plugins;

namespace Url2Video.Farm.Cli.Farm;

/// <summary>Where the plugins of this machine are, and what becomes them.</summary>
internal static class NodePlugins
{
    public const string Variable = "URL2VIDEO_PLUGINS";

    /// <param name="dataDir">Of the farm or the node.</param>
    public static string FolderOf(string dataDir) =>
        Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } given ? Path.GetFullPath(given) : Path.Combine(dataDir, "plugins");

    /// <param name="folder">Of <see cref="FolderOf"/>; empty: none.</param>
    public static PluginShelf Open(string folder, bool othersMayHave)
    {
        var shelf = folder.Length == 0 ? PluginShelf.None : PluginShelf.Open(folder, FarmProcess.ThisProgram());
        return shelf.With(othersMayHave);
    }
}
