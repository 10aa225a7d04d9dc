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
    private const int UnityQ16 = 1 << 16;
    private readonly sbyte[] _weights = new sbyte[Phases * 4];
    private int _stepQ16 = -1;

    /// <summary>
    /// The weights of taps −1, 0, +1, +2 around each phase. They travel as signed bytes, so none exceeds 127; a phase 0
    /// that means the pixel itself cannot be said that way: see <see cref="IsCopyAtPhaseZero"/>.
    /// </summary>
    public ReadOnlySpan<sbyte> Table => _weights;

    /// <summary>True when phase 0 means "the pixel itself".</summary>
    public bool IsCopyAtPhaseZero => _stepQ16 <= UnityQ16;

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
            Round(ideal, _weights.AsSpan(phase * 4, 4));
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

    /// <summary>Rounds to 1/128 so that the sum is exact and the centre of gravity moves least.</summary>
    private static void Round(ReadOnlySpan<long> ideal, Span<sbyte> rounded)
    {
        const int Shift = 22 - 7;
        Span<long> rest = stackalloc long[4];
        var sum = 0;
        for (var tap = 0; tap < 4; tap++)
        {
            var weight = Math.Min(127, (int)((ideal[tap] + (1 << (Shift - 1))) >> Shift));
            rest[tap] = ideal[tap] - ((long)weight << Shift);
            rounded[tap] = (sbyte)weight;
            sum += weight;
        }

        while (sum != One)
        {
            var sign = sum < One ? 1 : -1;
            var best = -1;
            for (var tap = 0; tap < 4; tap++)
            {
                if ((best < 0 || rest[tap] * sign > rest[best] * sign) && rounded[tap] + sign <= 127)
                {
                    best = tap;
                }
            }

            rounded[best] = (sbyte)(rounded[best] + sign);
            rest[best] -= sign * (1L << Shift);
            sum += sign;
        }
    }
}
