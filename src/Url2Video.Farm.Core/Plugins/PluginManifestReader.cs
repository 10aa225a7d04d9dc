using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text.Json;
using Url2Video.Farm.Core.Errors;
using Url2Video.Farm.Core.Storyboards;
using Url2Video.Farm.Core.Storyboards.Reading;

namespace Url2Video.Farm.Core.Plugins;

/// <summary>Reads <c>plugin.json</c> as strictly as storyboards: what is not known is an error.</summary>
public static class PluginManifestReader
{
    public const int BytesMax = 256 * 1024;

    /// <summary>A published program of .NET has about ten.</summary>
    public const int FilesMax = 512;

    private const int DepthMax = 8;

    /// <exception cref="FarmException"><c>ERR_PLUGIN_INVALID</c>, with all that is wrong.</exception>
    /// <param name="name">What to call it in messages, such as its folder.</param>
    public static PluginManifest Read(ReadOnlyMemory<byte> utf8, string name)
    {
        if (utf8.Length > BytesMax)
        {
            throw Invalid(name, $"plugin.json has {utf8.Length} bytes; {BytesMax} are allowed.");
        }

        try
        {
            using var document = JsonDocument.Parse(utf8, new JsonDocumentOptions { MaxDepth = DepthMax });
            var errors = new ReadErrors(ErrorCodes.PluginInvalid);
            var manifest = ReadRoot(new StrictObject(document.RootElement, "", errors), errors, Convert.ToHexStringLower(SHA256.HashData(utf8.Span)));
            return errors.IsEmpty ? manifest : throw Invalid(name, string.Join(' ', errors.ToImmutable().Select(e => $"{e.Message} {e.WayOut}".TrimEnd())));
        }
        catch (JsonException e)
        {
            throw Invalid(name, $"plugin.json is not JSON: line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}.");
        }
    }

    internal static FarmException Invalid(string name, string message) =>
        new(ErrorCodes.PluginInvalid, $"The plugin {name}: {message}", "samples/plugins/README.md says what a plugin is; `url2video plugin check DIR` tries it.");

    private static PluginManifest ReadRoot(StrictObject root, ReadErrors errors, string sha256)
    {
        if (root.RequireText("schema", 64) is var schema && schema is not ("?" or PluginManifest.Schema))
        {
            errors.Invalid(root.PointerOf("schema"), $"\"{schema}\" is not a schema this version reads.", $"Write \"{PluginManifest.Schema}\".");
        }

        var id = root.RequireText("id", PluginWords.IdCharsMax);
        if (id != "?" && !PluginWords.IsId(id))
        {
            errors.Invalid(root.PointerOf("id"), $"\"{id}\" is not an id.", "Use lower-case letters, digits and -.");
        }

        _ = root.RequireChoice<PluginKind>("kind");
        var manifest = new PluginManifest(
            id,
            root.RequireText("version", 40),
            root.OptionalText("summary", 0, 200) ?? "",
            root.RequireText("entry", 200),
            root.List("permissions", 0, Enum.GetValues<PluginPermission>().Length, (v, p) => StrictValue.Choice<PluginPermission>(v, p, errors) ?? default),
            root.List("parameters", 0, PluginParameter.PerPluginMax, (v, p) => ReadParameter(v, p, errors)),
            root.List("files", 1, FilesMax, (v, p) => ReadFile(v, p, errors)),
            sha256)
        {
            Protocol = root.Integer("protocol", 1, PluginManifest.ProtocolMax, 1),
        };
        root.Finish();
        CheckNames(manifest, root, errors);
        return manifest with { Files = [.. manifest.Files.OrderBy(f => f.Path, StringComparer.Ordinal)] };
    }

    private static PluginParameter ReadParameter(JsonElement element, string pointer, ReadErrors errors)
    {
        var parameter = new StrictObject(element, pointer, errors);
        var name = parameter.RequireText("name", 32);
        if (name != "?" && !(char.IsAsciiLetterLower(name[0]) && name.All(char.IsAsciiLetterOrDigit)))
        {
            errors.Invalid(parameter.PointerOf("name"), $"\"{name}\" is not a name.", "Use letters and digits, a lower-case letter first.");
        }

        var (min, max) = (Number("min", 0), Number("max", PluginParameter.Scale));
        if (min > max)
        {
            errors.Invalid(pointer, "min is above max.");
        }

        var result = new PluginParameter(name, min, max, parameter.Decimal("default", PluginParameter.Scale, Math.Min(min, max), max, min), parameter.OptionalText("summary", 0, 200) ?? "");
        parameter.Finish();
        return result;

        int Number(string property, int otherwise) => parameter.Decimal(property, PluginParameter.Scale, -PluginParameter.Most, PluginParameter.Most, otherwise);
    }

    private static PluginFile ReadFile(JsonElement element, string pointer, ReadErrors errors)
    {
        var file = new StrictObject(element, pointer, errors);
        var (path, sha256) = (file.RequireText("path", 200), file.RequireText("sha256", 64));
        file.Finish();
        if (path != "?" && (!BundlePath.IsWellFormed(path) || path == PluginManifest.FileName))
        {
            errors.Invalid(pointer, $"\"{path}\" is not a path inside the plugin.", "Name a file below its folder.");
        }

        if (sha256 != "?" && !PluginWords.IsSha256(sha256))
        {
            errors.Invalid(pointer, "expected 64 lower-case hexadecimal digits.", "`url2video plugin seal DIR` writes them.");
        }

        return new PluginFile(path, sha256);
    }

    private static void CheckNames(PluginManifest manifest, StrictObject root, ReadErrors errors)
    {
        if (manifest.Files.Select(f => f.Path).Distinct(StringComparer.Ordinal).Count() != manifest.Files.Length)
        {
            errors.Invalid(root.PointerOf("files"), "a file is named twice.");
        }

        if (manifest.Parameters.Select(p => p.Name).Distinct(StringComparer.Ordinal).Count() != manifest.Parameters.Length)
        {
            errors.Invalid(root.PointerOf("parameters"), "a parameter is named twice.");
        }

        if (manifest.Entry != "?" && manifest.Files.All(f => f.Path != manifest.Entry))
        {
            errors.Invalid(root.PointerOf("entry"), $"\"{manifest.Entry}\" is not among the files.");
        }
    }
}
