using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Url2Video.Farm.Core.Errors;
using Url2Video.Farm.Core.Plugins;

namespace Url2Video.Farm.Node.Plugins;

/// <summary>Writes down in <c>plugin.json</c> which files are there: for the author, after each build.</summary>
public static class PluginSeal
{
    private static readonly JsonSerializerOptions s_pretty = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <exception cref="FarmException"><c>ERR_PLUGIN_INVALID</c>.</exception>
    public static PluginFolder Write(string folder)
    {
        var path = Path.Combine(folder, PluginManifest.FileName);
        try
        {
            var manifest = JsonNode.Parse(File.ReadAllText(path))?.AsObject() ?? throw new JsonException("it is empty");
            var files = PluginFolder.FilesIn(folder).Select(f => Path.GetRelativePath(folder, f.FullName).Replace('\\', '/'))
                .Where(n => n != PluginManifest.FileName).Order(StringComparer.Ordinal);
            manifest["files"] = new JsonArray([.. files.Select(n => new JsonObject { ["path"] = n, ["sha256"] = PluginFolder.HashOf(Path.Combine(folder, n)) })]);
            File.WriteAllText(path, manifest.ToJsonString(s_pretty) + "\n", new UTF8Encoding(false));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or JsonException or InvalidOperationException)
        {
            throw new FarmException(ErrorCodes.PluginInvalid, $"{path} cannot be sealed: {fault.Message}", cause: fault);
        }

        var sealedNow = PluginFolder.Read(folder);
        sealedNow.Verify();
        return sealedNow;
    }
}
