using System.Collections.Immutable;
using System.Text.Json;
using Url2Video.Farm.Core.Plugins;

namespace Url2Video.Farm.Core.Storyboards;

/// <summary>Plugins in the canonical form; nothing where there are none.</summary>
internal static class ScenePluginJson
{
    extension(Utf8JsonWriter json)
    {
        public void WritePlugins(ImmutableArray<ScenePlugin> plugins)
        {
            if (plugins.IsEmpty)
            {
                return;
            }

            json.WriteStartArray("plugins");
            foreach (var plugin in plugins)
            {
                json.WriteStartObject();
                json.WriteString("id", plugin.Id);
                json.WriteString("sha256", plugin.Sha256);
                json.WriteStartObject("parameters");
                foreach (var (name, value) in plugin.Parameters)
                {
                    json.WriteNumber(name, value / (decimal)PluginParameter.Scale);
                }

                json.WriteEndObject();
                json.WriteNumber("seed", plugin.Seed);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }
    }
}
