using System.Collections.Immutable;
using System.Text.Json;
using Url2Video.Farm.Core.Storyboards.Reading;

namespace Url2Video.Farm.Core.Storyboards;

internal static class LayerReader
{
    public static SceneLayer Read(JsonElement element, string pointer, ReadErrors errors)
    {
        var layer = new StrictObject(element, pointer, errors);
        _ = layer.TryRequire("visual", out _);
        var box = LayerBox.Frame;
        _ = layer.Child("box", b =>
        {
            box = ReadBox(b);
            return layer;
        });
        var mask = layer.Choice("mask", LayerMask.None);
        var radius = layer.Decimal("radius", Point.Scale, 0, Point.Scale / 2, SceneLayer.RadiusDefault);
        if (mask != LayerMask.Rounded && layer.TryGet("radius", out _))
        {
            errors.Invalid(layer.PointerOf("radius"), "only rounded corners have a radius.", "Write \"mask\": \"rounded\", or leave radius out.");
        }

        var visual = layer.Child("visual", v => VisualReader.Read(v, errors)) ?? VisualReader.Default;
        if (visual is Visual.Clip { Sound: not null })
        {
            errors.Invalid($"{layer.PointerOf("visual")}/sound", "a clip in a layer is not heard.", "Leave sound out, or make the clip the scene's visual.");
        }

        if (visual is Visual.Split { Labels.IsEmpty: false })
        {
            errors.Invalid($"{layer.PointerOf("visual")}/labels", "a split in a layer has no labels.", "Leave labels out, or write them as texts of the scene.");
        }

        var result = new SceneLayer(
            visual,
            box,
            layer.Decimal("opacity", 100, 0, 100, 100),
            layer.Choice("blend", BlendMode.Normal),
            mask,
            radius,
            ReadKeyframes(layer, box, errors));
        layer.Finish();
        return result;
    }

    public static LayerBox ReadBox(StrictObject box) => new(
        box.Decimal("x", Point.Scale, -Point.Scale, 2 * Point.Scale, 0),
        box.Decimal("y", Point.Scale, -Point.Scale, 2 * Point.Scale, 0),
        box.Decimal("width", Point.Scale, 10, 2 * Point.Scale, Point.Scale),
        box.Decimal("height", Point.Scale, 10, 2 * Point.Scale, Point.Scale));

    /// <summary>Reports keys that do not follow each other in time.</summary>
    public static void CheckTimes<T>(StrictObject parent, string name, ImmutableArray<T> keys, Func<T, int> msAt, ReadErrors errors)
    {
        for (var i = 1; i < keys.Length; i++)
        {
            if (msAt(keys[i]) <= msAt(keys[i - 1]))
            {
                errors.Invalid($"{parent.PointerOf(name)}/{i}/atMs", "not later than the one before it.", "Write them in order of time, each at a time of its own.");
                return;
            }
        }
    }

    // What a keyframe does not say is as it was before: a movement names only what moves.
    private static ImmutableArray<LayerKeyframe> ReadKeyframes(StrictObject layer, LayerBox box, ReadErrors errors)
    {
        const int Scale = LayerKeyframe.PlaceScale;
        var last = new LayerKeyframe(0, (10 * box.X) + (5 * box.Width), (10 * box.Y) + (5 * box.Height), Point.Scale, 0, 100, Curve.Smooth);
        var keys = layer.List("keyframes", 0, SceneLayer.KeyframesMax, (value, pointer) =>
        {
            var key = new StrictObject(value, pointer, errors);
            last = new LayerKeyframe(
                key.RequireInteger("atMs", 0, CameraMove.MsMax),
                key.Decimal("x", Scale, -Scale, 2 * Scale, last.X),
                key.Decimal("y", Scale, -Scale, 2 * Scale, last.Y),
                key.Decimal("scale", Point.Scale, 0, LayerKeyframe.ScaleMax, last.Scale),
                key.Decimal("rotate", 100, -LayerKeyframe.DegreesHundredthsMax, LayerKeyframe.DegreesHundredthsMax, last.DegreesHundredths),
                key.Decimal("opacity", 100, 0, 100, last.Opacity),
                CurveReader.Read(key, "easing", Curve.Smooth, errors));
            key.Finish();
            return last;
        });
        CheckTimes(layer, "keyframes", keys, k => k.MsAt, errors);
        return keys;
    }
}
