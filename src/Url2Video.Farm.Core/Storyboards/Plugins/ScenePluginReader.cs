using System.Collections.Immutable;
using System.Text.Json;
using Url2Video.Farm.Core.Plugins;
using Url2Video.Farm.Core.Storyboards.Reading;

namespace Url2Video.Farm.Core.Storyboards;

/// <summary>Reads <c>{ "id": "vintage", "sha256": "…", "parameters": { "sepia": 0.7 } }</c>.</summary>
internal static class ScenePluginReader
{
    public static ScenePlugin Read(JsonElement element, string pointer, ReadErrors errors)
    {
        var plugin = new StrictObject(element, pointer, errors);
        var (id, sha256) = (plugin.RequireText("id", PluginWords.IdCharsMax), plugin.RequireText("sha256", 64));
        if (id != "?" && !PluginWords.IsId(id))
        {
            errors.Invalid(plugin.PointerOf("id"), $"\"{id}\" is not the id of a plugin.", "`url2video plugin list` lists them.");
        }

        if (sha256 != "?" && !PluginWords.IsSha256(sha256))
        {
            errors.Invalid(plugin.PointerOf("sha256"), "expected 64 lower-case hexadecimal digits.", "`url2video plugin list` tells them.");
        }

        var result = new ScenePlugin(id, sha256, ReadValues(plugin, errors), plugin.OptionalInteger("seed", 0, StoryboardReader.SeedMax) ?? 0);
        plugin.Finish();
        return result;
    }

    private static ImmutableArray<PluginValue> ReadValues(StrictObject plugin, ReadErrors errors)
    {
        if (!plugin.TryGet("parameters", out var value))
        {
            return [];
        }

        var pointer = plugin.PointerOf("parameters");
        if (value.ValueKind != JsonValueKind.Object)
        {
            errors.Invalid(pointer, $"expected an object, found {StrictValue.NameOf(value)}.");
            return [];
        }

        var values = new SortedDictionary<string, int>(StringComparer.Ordinal);
        foreach (var property in value.EnumerateObject().Take(PluginParameter.PerPluginMax + 1))
        {
            var at = $"{pointer}/{property.Name}";
            if (property.Name.Length is < 1 or > 32 || !property.Name.All(char.IsAsciiLetterOrDigit) || values.Count == PluginParameter.PerPluginMax)
            {
                errors.Invalid(pointer, $"at most {PluginParameter.PerPluginMax} parameters, their names of 1 to 32 letters and digits.");
                break;
            }

            if (!values.TryAdd(property.Name, StrictValue.Decimal(property.Value, at, PluginParameter.Scale, -PluginParameter.Most, PluginParameter.Most, errors) ?? 0))
            {
                errors.Invalid(at, "the property occurs twice.");
            }
        }

        return [.. values.Select(v => new PluginValue(v.Key, v.Value))];
    }
}
