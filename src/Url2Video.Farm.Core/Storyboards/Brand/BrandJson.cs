using System.Text.Json;

namespace Url2Video.Farm.Core.Storyboards;

/// <summary>Marks in the canonical form; nothing where there are none, so that documents without them are as they were.</summary>
internal static class BrandJson
{
    extension(Utf8JsonWriter json)
    {
        public void WriteWatermark(Watermark? mark)
        {
            if (mark is null)
            {
                return;
            }

            json.WriteStartObject("watermark");
            if (mark.Asset is { } asset)
            {
                json.Write("asset", asset);
            }

            if (mark.Text is { } text)
            {
                json.WriteString("text", text);
            }

            json.WriteChoice("anchor", mark.Anchor);
            json.WriteFraction("margin", mark.Margin);
            json.WriteFraction("width", mark.Width);
            json.WriteNumber("opacity", mark.OpacityPercent / 100m);
            json.WriteEndObject();
        }

        public void WriteLogo(SceneLogo? logo)
        {
            if (logo is null)
            {
                return;
            }

            json.WriteStartObject("logo");
            json.Write("asset", logo.Asset);
            json.WriteChoice("reveal", logo.Reveal);
            json.WriteNumber("delayMs", logo.MsDelay);
            json.WriteNumber("ms", logo.Ms);
            json.WriteFraction("width", logo.Width);
            json.WriteStartObject("at");
            json.WriteFraction("x", logo.Place.X);
            json.WriteFraction("y", logo.Place.Y);
            json.WriteEndObject();
            json.WriteNumber("seed", logo.Seed);
            json.WriteEndObject();
        }

        private void WriteFraction(string name, int value) => json.WriteNumber(name, value / (decimal)Point.Scale);
    }
}
