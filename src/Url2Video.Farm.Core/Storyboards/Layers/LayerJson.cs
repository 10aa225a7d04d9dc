using System.Collections.Immutable;
using System.Text.Json;

namespace Url2Video.Farm.Core.Storyboards;

/// <summary>Layers, brushes and visuals of several pictures in the canonical form; nothing where there are none.</summary>
internal static class LayerJson
{
    extension(Utf8JsonWriter json)
    {
        /// <param name="withReason">False leaves out what does not change the picture.</param>
        public void WriteLayers(ImmutableArray<SceneLayer> layers, bool withReason)
        {
            if (layers.IsEmpty)
            {
                return;
            }

            json.WriteStartArray("layers");
            foreach (var layer in layers)
            {
                json.WriteStartObject();
                json.Write("visual", layer.Visual, withReason);
                json.WriteStartObject("box");
                json.WriteBox(layer.Box);
                json.WriteEndObject();
                json.WriteNumber("opacity", layer.Opacity / 100m);
                json.WriteChoice("blend", layer.Blend);
                json.WriteChoice("mask", layer.Mask);
                if (layer.Mask == LayerMask.Rounded)
                {
                    json.WriteShare("radius", layer.Radius);
                }

                json.WriteStartArray("keyframes");
                foreach (var key in layer.Keyframes)
                {
                    json.WriteKey(key);
                }

                json.WriteEndArray();
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        public void WriteBrushes(ImmutableArray<MotionBrush> brushes)
        {
            if (brushes.IsEmpty)
            {
                return;
            }

            json.WriteStartArray("brush");
            foreach (var brush in brushes)
            {
                json.WriteStartObject();
                json.WriteMask(brush.Mask);
                json.WriteShare("feather", brush.Feather);
                json.WriteShare("dx", brush.Dx);
                json.WriteShare("dy", brush.Dy);
                json.WriteShare("depth", brush.Depth);
                json.WriteShare("ambient", brush.Ambient);
                json.WriteChoice("mode", brush.Mode);
                json.WriteNumber("ms", brush.Ms);
                if (brush.Mode == BrushMode.Ease)
                {
                    json.WriteNumber("delayMs", brush.MsDelay);
                    json.WriteString("easing", brush.Easing.ToString());
                }

                json.WriteNumber("speed", brush.SpeedPercent / 100m);
                json.WriteIntensity(brush.Intensity);
                json.WriteNumber("seed", brush.Seed);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        public void WriteMembers(Visual.Split split, bool withReason)
        {
            json.Write("left", split.Left);
            json.Write("right", split.Right);
            if (withReason)
            {
                json.WriteString("alt", split.Alt);
            }

            json.WritePlace("leftFocus", split.LeftFocus);
            json.WritePlace("rightFocus", split.RightFocus);
            json.WriteChoice("arrangement", split.Arrangement);
            json.WriteChoice("mode", split.Mode);
            json.WriteShare("at", split.At);
            json.WriteStartArray("sweep");
            foreach (var key in split.Sweep)
            {
                json.WriteStartObject();
                json.WriteNumber("atMs", key.MsAt);
                json.WriteShare("at", key.At);
                json.WriteString("easing", key.Easing.ToString());
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteStartObject("divider");
            json.WriteShare("width", split.DividerWidth);
            json.WriteString("colour", split.DividerColour.ToString());
            json.WriteEndObject();
            json.Write("labels", split.Labels);
        }

        public void WriteMembers(Visual.Spin spin, bool withReason)
        {
            json.WriteStartArray("assets");
            foreach (var asset in spin.Assets)
            {
                json.WriteValue(asset);
            }

            json.WriteEndArray();
            if (withReason)
            {
                json.WriteString("alt", spin.Alt);
            }

            json.WriteChoice("fit", spin.Fit);
            json.WriteNumber("turns", spin.TurnsHundredths / 100m);
            json.WriteNumber("delayMs", spin.MsDelay);
            if (spin.Ms is { } ms)
            {
                json.WriteNumber("ms", ms);
            }

            json.WriteString("easing", spin.Easing.ToString());
            json.WriteNumber("fade", spin.FadePercent / 100m);
        }

        private void WriteKey(LayerKeyframe key)
        {
            json.WriteStartObject();
            json.WriteNumber("atMs", key.MsAt);
            json.WriteNumber("x", key.X / (decimal)LayerKeyframe.PlaceScale);
            json.WriteNumber("y", key.Y / (decimal)LayerKeyframe.PlaceScale);
            json.WriteShare("scale", key.Scale);
            json.WriteNumber("rotate", key.DegreesHundredths / 100m);
            json.WriteNumber("opacity", key.Opacity / 100m);
            json.WriteString("easing", key.Easing.ToString());
            json.WriteEndObject();
        }

        private void WriteMask(BrushMask mask)
        {
            if (mask is BrushMask.Painted painted)
            {
                json.Write("mask", painted.Asset);
                return;
            }

            json.WriteStartObject("mask");
            switch (mask)
            {
                case BrushMask.Ellipse ellipse:
                    json.WriteString("shape", "ellipse");
                    json.WriteBox(ellipse.Box);
                    break;
                case BrushMask.Rectangle rectangle:
                    json.WriteString("shape", "rectangle");
                    json.WriteBox(rectangle.Box);
                    break;
                case BrushMask.Polygon polygon:
                    json.WriteString("shape", "polygon");
                    json.WriteStartArray("points");
                    foreach (var point in polygon.Points)
                    {
                        json.WriteStartArray();
                        json.WriteNumberValue(point.X / (decimal)Point.Scale);
                        json.WriteNumberValue(point.Y / (decimal)Point.Scale);
                        json.WriteEndArray();
                    }

                    json.WriteEndArray();
                    break;
            }

            json.WriteEndObject();
        }

        private void WriteIntensity(ImmutableArray<BrushIntensity> keys)
        {
            if (keys.IsEmpty)
            {
                json.WriteNumber("intensity", 1);
                return;
            }

            json.WriteStartArray("intensity");
            foreach (var key in keys)
            {
                json.WriteStartObject();
                json.WriteNumber("atMs", key.MsAt);
                json.WriteNumber("value", key.Percent / 100m);
                json.WriteString("easing", key.Easing.ToString());
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        private void WriteValue(VisualAsset asset)
        {
            if (asset is VisualAsset.Resolved { Artifact: var artifact })
            {
                json.WriteStartObject();
                json.WriteString("sha256", artifact.Id.Sha256);
                json.WriteNumber("bytes", artifact.Bytes);
                json.WriteEndObject();
                return;
            }

            json.WriteStringValue(((VisualAsset.InBundle)asset).Path);
        }

        private void WriteBox(LayerBox box)
        {
            json.WriteShare("x", box.X);
            json.WriteShare("y", box.Y);
            json.WriteShare("width", box.Width);
            json.WriteShare("height", box.Height);
        }

        private void WritePlace(string name, Point point)
        {
            json.WriteStartObject(name);
            json.WriteShare("x", point.X);
            json.WriteShare("y", point.Y);
            json.WriteEndObject();
        }

        private void WriteShare(string name, int tenThousandths) => json.WriteNumber(name, tenThousandths / (decimal)Point.Scale);
    }
}
