namespace Url2Video.Farm.Media.Pixels;

/// <summary>
/// Four-tap weights for 128 sub-pixel phases, each four summing to 128. Up to one source pixel per output pixel the filter
/// is Catmull-Rom; from there to two it turns steadily into a triangle as wide as the step, so that a zoom that passes
/// through 1:1 changes its sharpness without a visible edge and a downscale does not alias.
/// </summary>
internal sealed class ResampleWeights
{
    public const int Phases = 128;
    private const int One = 128;
    private const int WeightMax = sbyte.MaxValue;
    private const int UnityQ16 = 1 << 16;
    private readonly short[] _weights = new short[Phases * 4];
    private int _stepQ16 = -1;

    /// <summary>
    /// The weights of taps −1, 0, +1, +2 around each phase. Each fits a signed byte, but for a centre of 128 at phase 0,
    /// which means the pixel itself.
    /// </summary>
    public ReadOnlySpan<short> Table => _weights;

    /// <param name="stepQ32">Source pixels per output pixel, above 0.</param>
    public void Prepare(long stepQ32)
    {
        var stepQ16 = (int)Math.Clamp((stepQ32 + (1 << 15)) >> 16, UnityQ16, 2 * UnityQ16);
        if (stepQ16 == _stepQ16)
        {
            return;
        }

        _stepQ16 = stepQ16;
        Span<long> ideal = stackalloc long[4];
        for (var phase = 0; phase < Phases; phase++)
        {
            Ideal(phase, stepQ16, ideal);
            Round(ideal, phase, _weights.AsSpan(phase * 4, 4));
        }
    }

    /// <summary>The weights before rounding, scaled by 2^22.</summary>
    private static void Ideal(int phase, int stepQ16, Span<long> weights)
    {
        long t = phase, t2 = t * t, t3 = t2 * t;
        Span<long> cubic =
        [
            -t3 + (256 * t2) - (16384 * t),
            (3 * t3) - (640 * t2) + (2L << 21),
            (-3 * t3) + (512 * t2) + (16384 * t),
            t3 - (128 * t2),
        ];

        Span<long> triangle = stackalloc long[4];
        long sum = 0;
        for (var tap = 0; tap < 4; tap++)
        {
            var distanceQ16 = Math.Abs(((tap - 1) << 16) - (phase << 9));
            triangle[tap] = Math.Max(0, stepQ16 - distanceQ16);
            sum += triangle[tap];
        }

        var blend = stepQ16 - UnityQ16;
        for (var tap = 0; tap < 4; tap++)
        {
            weights[tap] = ((cubic[tap] * (UnityQ16 - blend)) + ((triangle[tap] << 22) / sum * blend)) >> 16;
        }
    }

    /// <summary>
    /// Rounds to 1/128 so that the sum is 128 and the centre of gravity is exactly the phase: outer taps to nearest, then the
    /// inner two solve both equations. A slow pan then moves evenly, which rounding each tap alone would spoil.
    /// </summary>
    private static void Round(ReadOnlySpan<long> ideal, int phase, Span<short> rounded)
    {
        var first = Nearest(ideal[0]);
        var last = Nearest(ideal[3]);
        int Second() => phase + first - (2 * last);
        int Centre() => One - first - Second() - last;

        // Only phase 0 may say "the pixel itself" (128, no signed byte); near it the outer taps give way.
        while (Second() > WeightMax)
        {
            last++;
        }

        while (Centre() > WeightMax && phase > 0)
        {
            first++;
        }

        (rounded[0], rounded[1], rounded[2], rounded[3]) = ((short)first, (short)Centre(), (short)Second(), (short)last);

        static int Nearest(long weightQ22) => (int)((weightQ22 + (1 << 14)) >> 15);
    }
}
