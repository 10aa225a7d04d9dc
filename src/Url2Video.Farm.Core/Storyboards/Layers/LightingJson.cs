using System.Text.Json;

namespace Url2Video.Farm.Core.Storyboards;

/// <summary>Lamps in the canonical form; nothing where there are none.</summary>
internal static class LightingJson
{
    extension(Utf8JsonWriter json)
    {
        public void WriteLighting(Lighting? lighting)
        {
            if (lighting is null)
            {
                return;
            }

            json.WriteStartObject("lighting");
            json.WriteLamp("key", lighting.Key);
            json.WriteLamp("fill", lighting.Fill);
            json.WriteLamp("rim", lighting.Rim);
            json.WriteStartObject("background");
            json.WriteNumber("intensity", lighting.Background / 100m);
            json.WriteNumber("temperature", lighting.BackgroundKelvin);
            json.WriteEndObject();
            json.WriteNumber("relief", lighting.Relief / 100m);
            json.WriteEndObject();
        }

        private void WriteLamp(string name, Lamp lamp)
        {
            json.WriteStartObject(name);
            json.WriteNumber("intensity", lamp.Intensity / 100m);
            json.WriteNumber("azimuth", lamp.Azimuth);
            json.WriteNumber("elevation", lamp.Elevation);
            json.WriteNumber("temperature", lamp.Kelvin);
            json.WriteEndObject();
        }
    }
}
