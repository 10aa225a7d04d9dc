using System.Collections.Immutable;
using System.Text.Json;

namespace Url2Video.Farm.Core.Storyboards;

/// <summary>Looks and effects in the canonical form; nothing where there are none, so that documents without them are as they were.</summary>
internal static class LookJson
{
    extension(Utf8JsonWriter json)
    {
        public void WriteLook(Look? look)
        {
            if (look is null)
            {
                return;
            }

            json.WriteStartObject("look");
            json.WriteChoice("name", look.Name);
            json.WriteMembers(look.Numbers);
            json.WriteEndObject();
        }

        public void WriteNumbers(string name, LookNumbers look)
        {
            json.WriteStartObject(name);
            json.WriteMembers(look);
            json.WriteEndObject();
        }

        public void WriteEffects(ImmutableArray<SceneEffect> effects)
        {
            if (effects.IsEmpty)
            {
                return;
            }

            json.WriteStartArray("effects");
            foreach (var effect in effects)
            {
                json.WriteStartObject();
                json.WriteChoice("kind", effect.Kind);
                json.WriteHundredths("amount", effect.Amount);
                if (effect.Count is { } count)
                {
                    json.WriteNumber("count", count);
                }

                json.WriteNumber("seed", effect.Seed);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        private void WriteMembers(LookNumbers look)
        {
            json.WriteNumber("temperature", look.Kelvin);
            json.WriteHundredths("brightness", look.Brightness);
            json.WriteHundredths("contrast", look.Contrast);
            json.WriteHundredths("saturation", look.Saturation);
            json.WriteHundredths("sepia", look.Sepia);
            json.WriteHundredths("fade", look.Fade);
            json.WriteHundredths("curve", look.Curve);
            json.WriteHundredths("toning", look.Toning);
            json.WriteString("shadows", look.Shadows.ToString());
            json.WriteString("highlights", look.Highlights.ToString());
            json.WriteHundredths("vignette", look.Vignette);
            json.WriteHundredths("grain", look.Grain);
        }

        private void WriteHundredths(string name, int hundredths) => json.WriteNumber(name, hundredths / 100m);
    }
}
