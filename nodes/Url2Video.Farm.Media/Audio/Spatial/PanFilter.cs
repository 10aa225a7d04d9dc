namespace Url2Video.Farm.Media.Audio.Spatial;

/// <summary>
/// A place by level and time alone, where no measured head is installed: equal power between the ears, and the far ear hears
/// later (Woodworth's sphere). Above and behind cannot be told from ahead.
/// </summary>
internal static class PanFilter
{
    /// <summary>Radius of a head over the speed of sound, in samples at 48 kHz: 8.75 cm, 343 m/s.</summary>
    private const double HeadSamples = 12.244897959183673;
    private const double Radian = 0.017453292519943295;

    internal static HeadFilter Of(SoundPosition position)
    {
        var side = SideOf(position);
        var turns = side / 360;
        var delay = (int)Math.Round(HeadSamples * (Math.Abs(side) * Radian + Math.Abs(StrictMath.SinTurns(turns))));
        var (left, right) = (new double[36], new double[36]);
        // Equal power, and 1 on both sides for the middle. A head hides a sound from the far ear by some 18 dB, never altogether.
        var scale = position.Gain * Math.Sqrt(2);
        var pan = (0.85 * side + 90) / 720;
        left[side > 0 ? delay : 0] = scale * StrictMath.CosTurns(pan);
        right[side < 0 ? delay : 0] = scale * StrictMath.SinTurns(pan);
        return new HeadFilter(left, right, 0);
    }

    /// <summary>Degrees to the right, −90..90: what is behind is heard as its mirror image ahead, what is above as the middle.</summary>
    private static double SideOf(SoundPosition position)
    {
        var azimuth = Math.Clamp(position.AzimuthDegrees, -180, 180);
        var folded = azimuth > 90 ? 180 - azimuth : azimuth < -90 ? -180 - azimuth : azimuth;
        return folded * StrictMath.CosTurns(position.ElevationDegrees / 360.0);
    }
}
