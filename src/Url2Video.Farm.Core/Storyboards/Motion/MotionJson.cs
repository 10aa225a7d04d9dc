using System.Text.Json;

namespace Url2Video.Farm.Core.Storyboards;

/// <summary>The canonical form of movements: every property that the kind has, and no others.</summary>
internal static class MotionJson
{
    extension(Utf8JsonWriter json)
    {
        public void Write(string name, TextAnimation animation)
        {
            json.WriteStartObject(name);
            json.WriteChoice("kind", animation.Kind);
            json.WriteNumber("delayMs", animation.MsDelay);
            if (animation.HasMove)
            {
                json.WriteNumber("ms", animation.Ms);
                json.WriteString("easing", animation.Easing.ToString());
            }

            if (animation.HasDistance)
            {
                json.WriteNumber("distance", animation.DistancePxTenths / 10m);
            }

            if (animation.HasPace)
            {
                json.WriteNumber("perSecond", animation.PerSecondTenths / 10m);
            }

            if (animation.Kind == TextAnimationKind.Typewriter)
            {
                json.WriteBoolean("cursor", animation.HasCursor);
                json.WriteChoice("keys", animation.Keys);
            }

            if (animation.Kind == TextAnimationKind.Morph)
            {
                json.WriteString("fromText", animation.FromText);
            }

            if (animation.Kind == TextAnimationKind.CountUp)
            {
                json.WriteNumber("from", animation.CountFrom);
                if (animation.IsGrouped is { } isGrouped)
                {
                    json.WriteBoolean("grouping", isGrouped);
                }
            }

            json.WriteEndObject();
        }

        public void Write(string name, CameraMove move)
        {
            json.WriteStartObject(name);
            json.WriteChoice("move", move.Kind);
            json.WriteNumber("delayMs", move.MsDelay);
            if (move.Ms is { } ms)
            {
                json.WriteNumber("ms", ms);
            }

            json.WriteString("easing", move.Easing.ToString());
            json.WriteNumber("speed", move.SpeedPercent / 100m);
            json.WriteNumber("intensity", move.IntensityPercent / 100m);
            switch (move.Kind)
            {
                case CameraMoveKind.Zoom:
                    json.WriteNumber("from", move.ZoomFrom / (decimal)Point.Scale);
                    json.WriteNumber("to", move.ZoomTo / (decimal)Point.Scale);
                    break;
                case CameraMoveKind.DollyZoom:
                    json.WriteNumber("fromDistance", move.FromCm / 100m);
                    json.WriteNumber("toDistance", move.ToCm / 100m);
                    json.WriteNumber("background", move.BackgroundCm / 100m);
                    json.WriteNumber("focal", move.FocalMmTenths / 10m);
                    json.WriteNumber("subject", move.Subject / (decimal)Point.Scale);
                    break;
                case CameraMoveKind.Tracking:
                    json.WriteNumber("zoom", move.ZoomFrom / (decimal)Point.Scale);
                    json.WritePath(move);
                    break;
                default:
                    json.WriteNumber("degrees", move.DegreesHundredths / 100m);
                    json.WriteNumber("fieldOfView", move.FieldOfViewHundredths / 100m);
                    break;
            }

            json.WriteEndObject();
        }

        public void Write(string name, Chart chart)
        {
            json.WriteStartObject(name);
            json.WriteChoice("type", chart.Type);
            json.WriteString("unit", chart.Unit);
            json.WriteStartArray("data");
            foreach (var datum in chart.Data)
            {
                json.WriteStartObject();
                json.WriteString("label", datum.Label);
                json.WriteNumber("value", datum.Hundredths / 100m);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        private void WritePath(CameraMove move)
        {
            json.WriteStartArray("path");
            foreach (var point in move.Path)
            {
                json.WriteStartArray();
                json.WriteNumberValue(point.X / 100m);
                json.WriteNumberValue(point.Y / 100m);
                json.WriteEndArray();
            }

            json.WriteEndArray();
        }
    }
}
