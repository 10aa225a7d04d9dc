using System.Collections.Immutable;
using System.Text.Json;
using Url2Video.Farm.Core.Storyboards.Sounds;

namespace Url2Video.Farm.Core.Storyboards;

/// <summary>The parts of the canonical form; <see cref="StoryboardWriter"/> and <see cref="StoryboardDigest"/> put them together.</summary>
internal static class StoryboardJson
{
    extension(Utf8JsonWriter json)
    {
        public void WriteChoice<T>(string name, T value) where T : struct, Enum =>
            json.WriteString(name, JsonNamingPolicy.CamelCase.ConvertName(Enum.GetName(value)!));

        public void WriteTenths(string name, int tenths) => json.WriteNumber(name, tenths / 10m);

        public void Write(string name, Canvas canvas)
        {
            json.WriteStartObject(name);
            json.WriteNumber("width", canvas.Width);
            json.WriteNumber("height", canvas.Height);
            json.WriteString("fps", canvas.Fps.ToString());
            json.WriteEndObject();
        }

        public void Write(string name, Voice voice)
        {
            json.WriteStartObject(name);
            json.WriteString("id", voice.Id);
            json.WriteNumber("rate", voice.RatePercent);
            if (voice.Enhance != VoiceEnhance.Off)
            {
                json.WriteChoice("enhance", voice.Enhance);
            }

            json.WriteEndObject();
        }

        public void Write(string name, Music? music)
        {
            if (music is null)
            {
                json.WriteNull(name);
                return;
            }

            json.WriteStartObject(name);
            json.WriteMembers(music);
            json.WriteEndObject();
        }

        public void Write(string name, CaptionLook captions)
        {
            json.WriteStartObject(name);
            json.WriteChoice("placement", captions.Placement);
            json.WriteChoice("style", captions.Style);
            json.WriteEndObject();
        }

        public void Write(string name, Palette palette)
        {
            json.WriteStartObject(name);
            json.WriteString("background", palette.Background.ToString());
            json.WriteString("surface", palette.Surface.ToString());
            json.WriteString("text", palette.Text.ToString());
            json.WriteString("accent", palette.Accent.ToString());
            json.WriteEndObject();
        }

        public void Write(string name, ImmutableArray<TextElement> texts)
        {
            json.WriteStartArray(name);
            foreach (var text in texts)
            {
                json.WriteStartObject();
                json.WriteChoice("kind", text.Kind);
                json.Write("values", text.Values);
                if (text.Animation is { } animation)
                {
                    json.Write("animation", animation);
                }

                if (text.Chart is { } chart)
                {
                    json.Write("chart", chart);
                }

                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        public void Write(string name, ImmutableArray<string> values)
        {
            json.WriteStartArray(name);
            foreach (var value in values)
            {
                json.WriteStringValue(value);
            }

            json.WriteEndArray();
        }

        public void Write(string name, SceneTiming timing)
        {
            json.WriteStartObject(name);
            json.WriteNumber("minMs", timing.MsMin);
            if (timing.MsFixed is { } ms)
            {
                json.WriteNumber("fixedMs", ms);
            }

            json.WriteNumber("leadMs", timing.MsLead);
            json.WriteNumber("tailMs", timing.MsTail);
            json.WriteEndObject();
        }

        public void Write(string name, Provenance provenance)
        {
            json.WriteStartObject(name);
            if (provenance.Url is { } url)
            {
                json.WriteString("url", url);
            }

            json.WriteStartArray("blocks");
            foreach (var block in provenance.Blocks)
            {
                json.WriteNumberValue(block);
            }

            json.WriteEndArray();
            json.Write("paths", provenance.Paths);
            json.Write("quotes", provenance.Quotes);
            json.WriteEndObject();
        }

        /// <param name="withReason">False leaves out what does not change the picture: why, score and the alternative text.</param>
        public void Write(string name, Visual visual, bool withReason)
        {
            json.WriteStartObject(name);
            switch (visual)
            {
                case Visual.Image image:
                    json.WriteString("kind", "image");
                    json.Write("asset", image.Asset);
                    if (withReason)
                    {
                        json.WriteString("alt", image.Alt);
                    }

                    json.Write("focus", image.Focus);
                    json.WriteChoice("fit", image.Fit);
                    json.Write("camera", image.Camera);
                    json.WriteBrushes(image.Brushes);
                    break;
                case Visual.Clip clip:
                    json.WriteMembers(clip, isDocument: withReason);
                    break;
                case Visual.Procedural procedural:
                    json.WriteString("kind", "procedural");
                    json.WriteChoice("pattern", procedural.Pattern);
                    json.WriteNumber("seed", procedural.Seed);
                    break;
                case Visual.Solid solid:
                    json.WriteString("kind", "solid");
                    json.WriteString("colour", solid.Colour.ToString());
                    break;
                case Visual.Split split:
                    json.WriteString("kind", "split");
                    json.WriteMembers(split, withReason);
                    break;
                case Visual.Spin spin:
                    json.WriteString("kind", "spin");
                    json.WriteMembers(spin, withReason);
                    break;
                default:
                    throw new ArgumentOutOfRangeException(nameof(visual), visual, "A visual of a kind that this writer does not know.");
            }

            if (withReason && visual.Why is { } why)
            {
                json.WriteString("why", why);
            }

            if (withReason && visual.Score is { } score)
            {
                json.WriteNumber("score", score);
            }

            json.WriteEndObject();
        }

        public void Write(string name, VisualAsset asset)
        {
            if (asset is VisualAsset.Resolved { Artifact: var artifact })
            {
                json.WriteStartObject(name);
                json.WriteString("sha256", artifact.Id.Sha256);
                json.WriteNumber("bytes", artifact.Bytes);
                json.WriteEndObject();
                return;
            }

            json.WriteString(name, ((VisualAsset.InBundle)asset).Path);
        }

        public void Write(string name, Camera camera)
        {
            if (camera.Move is { } move)
            {
                json.Write(name, move);
                return;
            }

            json.WriteStartObject(name);
            json.Write("from", camera.From);
            json.Write("to", camera.To);
            json.WriteChoice("easing", camera.Easing);
            json.WriteEndObject();
        }

        private void Write(string name, CameraView view)
        {
            json.WriteStartObject(name);
            json.WriteFraction("x", view.Centre.X);
            json.WriteFraction("y", view.Centre.Y);
            json.WriteFraction("zoom", view.Zoom);
            json.WriteEndObject();
        }

        public void Write(string name, Point point)
        {
            json.WriteStartObject(name);
            json.WriteFraction("x", point.X);
            json.WriteFraction("y", point.Y);
            json.WriteEndObject();
        }

        private void WriteFraction(string name, int value) => json.WriteNumber(name, value / (decimal)Point.Scale);
    }
}
