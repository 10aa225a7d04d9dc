namespace Url2Video.Farm.Media.Audio.Spatial;

/// <summary>
/// A room: eight delay lines that feed each other through a Hadamard matrix (Jot's feedback delay network), each losing 60 dB in the
/// room's time and its highs sooner. Plain arithmetic in a fixed order. Not thread-safe.
/// </summary>
internal sealed class RoomReverb
{
    private const int Lines = 8;

    /// <summary>Lengths without common divisors at size 100 %, 20 to 47 ms.</summary>
    private static readonly int[] Lengths = [967, 1_153, 1_307, 1_483, 1_663, 1_861, 2_063, 2_269];
    private static readonly double HadamardScale = Math.Sqrt(1.0 / Lines);
    private readonly double[][] _delays = new double[Lines][];
    private readonly int[] _at = new int[Lines];
    private readonly double[] _feedback = new double[Lines];
    private readonly double[] _dull = new double[Lines];
    private readonly double[] _state = new double[Lines];
    private readonly double[] _before;
    private readonly double _brightness;
    private readonly double _wet;
    private int _beforeAt;

    internal RoomReverb(RoomPlan plan)
    {
        // Percent of the lengths, milliseconds until silence (−60 dB), milliseconds before the first answer, share of highs kept.
        var (size, millis, before, brightness) = plan.Size switch
        {
            RoomSize.Small => (55, 350, 4, 0.75),
            RoomSize.Medium => (100, 800, 12, 0.65),
            RoomSize.Large => (150, 1_900, 24, 0.55),
            _ => throw new ArgumentOutOfRangeException(nameof(plan), plan.Size, "A dry room has no reverberation."),
        };
        (_brightness, _wet) = (brightness, Math.Clamp(plan.WetPercent, 0, 100) / 100.0);
        _before = new double[2 * before * 48];
        for (var i = 0; i < Lines; i++)
        {
            var length = Lengths[i] * size / 100;
            _delays[i] = new double[length];
            // −60 dB after the room's time: −6000·length/(48·millis) hundredths of a decibel for each turn.
            _feedback[i] = StrictMath.Amplitude(-(int)(6_000L * length / (48L * millis)));
        }
    }

    /// <summary>Adds the room's answer to what is in <paramref name="stereo"/>, 24-bit scale.</summary>
    internal void Apply(Span<int> stereo)
    {
        Span<double> lines = stackalloc double[Lines];
        for (var i = 0; i < stereo.Length; i += 2)
        {
            var (left, right) = (_before[_beforeAt], _before[_beforeAt + 1]);
            (_before[_beforeAt], _before[_beforeAt + 1]) = (stereo[i], stereo[i + 1]);
            _beforeAt = _beforeAt + 2 == _before.Length ? 0 : _beforeAt + 2;
            Turn(lines, left, right);
            var (wetLeft, wetRight) = (lines[0] - lines[2] + lines[4] - lines[6], lines[1] - lines[3] + lines[5] - lines[7]);
            stereo[i] = (int)Math.Round(stereo[i] + _wet * 0.5 * wetLeft);
            stereo[i + 1] = (int)Math.Round(stereo[i + 1] + _wet * 0.5 * wetRight);
        }
    }

    private void Turn(Span<double> lines, double left, double right)
    {
        for (var i = 0; i < Lines; i++)
        {
            var old = _delays[i][_at[i]];
            _dull[i] += _brightness * (old - _dull[i]);
            // Far below a bit: silence stays cheap, numbers never become denormal.
            lines[i] = Math.Abs(_dull[i]) < 1e-9 ? 0 : _dull[i];
            _state[i] = lines[i] * _feedback[i];
        }

        Hadamard(_state);
        for (var i = 0; i < Lines; i++)
        {
            _delays[i][_at[i]] = _state[i] * HadamardScale + ((i & 1) == 0 ? left : right) * 0.5;
            _at[i] = _at[i] + 1 == _delays[i].Length ? 0 : _at[i] + 1;
        }
    }

    private static void Hadamard(double[] v)
    {
        for (var half = 1; half < Lines; half *= 2)
        {
            for (var i = 0; i < Lines; i++)
            {
                if ((i & half) == 0)
                {
                    (v[i], v[i + half]) = (v[i] + v[i + half], v[i] - v[i + half]);
                }
            }
        }
    }
}
