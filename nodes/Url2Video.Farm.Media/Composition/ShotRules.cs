using System.Collections.Immutable;
using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Media.Composition;

/// <summary>What the layers, brushes and joined pictures of a shot must obey.</summary>
internal static class ShotRules
{
    /// <exception cref="ArgumentException">Names the first rule that is broken.</exception>
    public static void Check(Shot shot)
    {
        Require(shot.Layers.Length <= Layer.PerShotMax, $"At most {Layer.PerShotMax} layers a shot.");
        Check(shot.Background);
        if (shot.Lighting is { } lighting)
        {
            Check(lighting);
        }

        foreach (var layer in shot.Layers)
        {
            Require(layer.Box.Width > 0 && layer.Box.Height > 0, "A layer has a width and a height.");
            Require(layer.Alpha is >= 0 and <= FixedPoint.One15, "A layer's opacity is 0 to 32767.");
            Require(layer.Keys.Length <= Layer.KeysMax, $"At most {Layer.KeysMax} keys a layer.");
            Require(layer.Keys.All(k => k.ScaleMillionths is >= 0 and <= 8_000_000), "A layer is scaled 0 to 8 times.");
            Require(IsRising(layer.Keys, k => k.Millis), "The keys of a layer are in order of time.");
            Check(layer.Content);
        }
    }

    private static void Check(Lighting lighting)
    {
        foreach (var lamp in (ReadOnlySpan<Lamp>)[lighting.Key, lighting.Fill, lighting.Rim])
        {
            Require(lamp.IntensityPercent is >= 0 and <= 300, "A lamp has 0 to 300 %.");
            Require(lamp.AzimuthDegrees is >= -180 and <= 180 && lamp.ElevationDegrees is >= -90 and <= 90, "A lamp stands at -180 to 180 degrees, -90 to 90 high.");
            Require(lamp.Kelvin is >= 2_000 and <= 20_000, "A lamp has 2000 to 20000 K.");
        }

        Require(lighting.BackgroundPercent is >= 0 and <= 200 && lighting.BackgroundKelvin is >= 2_000 and <= 20_000, "Background light is 0 to 200 % of 2000 to 20000 K.");
        Require(lighting.ReliefPercent is >= 0 and <= 400, "A relief is 0 to 400 % deep.");
    }

    private static void Check(Background background)
    {
        switch (background)
        {
            case Background.Picture picture:
                Require(picture.Brushes.Length <= MotionBrush.PerPictureMax, $"At most {MotionBrush.PerPictureMax} brushes a picture.");
                Require(picture.Brushes.All(b => b.Length > 0 && b.SpeedPercent > 0), "A brush takes time.");
                Require(picture.Brushes.All(b => b.Intensity.Length <= MotionBrush.KeysMax && IsRising(b.Intensity, k => k.Millis)),
                    $"At most {MotionBrush.KeysMax} keys of a brush's intensity, in order of time.");
                break;
            case Background.Split split:
                Require(split.Keys.Length is >= 1 and <= Background.Split.KeysMax && IsRising(split.Keys, k => k.Millis),
                    $"A divider has 1 to {Background.Split.KeysMax} keys, in order of time.");
                break;
            case Background.Spin spin:
                Require(spin.PictureIds.Length is >= 2 and <= Background.Spin.PicturesMax, $"A spin has 2 to {Background.Spin.PicturesMax} pictures.");
                Require(spin.FadePercent is >= 0 and <= 100, "Pictures of a spin fade for 0 to 100 % of their time.");
                break;
        }
    }

    private static bool IsRising<T>(ImmutableArray<T> keys, Func<T, int> millis) =>
        keys.Zip(keys.Skip(1)).All(pair => millis(pair.First) < millis(pair.Second));

    private static void Require(bool isKept, string rule)
    {
        if (!isKept)
        {
            throw new ArgumentException(rule);
        }
    }
}
