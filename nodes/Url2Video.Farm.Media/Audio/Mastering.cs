using Url2Video.Farm.Media.Audio.Loudness;

namespace Url2Video.Farm.Media.Audio;

/// <summary>
/// Loudness by one linear gain and a true-peak limiter. What the limiter takes away is measured and given back, pass by
/// pass, until the target is met; speech at −14 LUFS takes two or three passes.
/// </summary>
internal static class Mastering
{
    private const int PassesMax = 10;
    private const int ToleranceLufsHundredths = 3;

    /// <summary>A nearly silent film is not blown up to noise.</summary>
    private const int GainDecibelHundredthsMax = 4_000;

    internal static MixReport Run(MixPlan plan, ScratchSamples mix, double energy, ScratchSamples master, CancellationToken cancellationToken)
    {
        var wanted = LoudnessUnits.Energy(plan.LoudnessLufsTenths * 10);
        var gainMax = StrictMath.Amplitude(GainDecibelHundredthsMax);
        var gain = energy == 0 ? 1 : Math.Min(Math.Sqrt(wanted / energy), gainMax);
        for (var pass = 1; ; pass++)
        {
            var (measured, peak) = Pass(plan, mix, master, gain, cancellationToken);
            var lufs = LoudnessUnits.LufsHundredths(measured);
            if (energy == 0 || pass == PassesMax || gain >= gainMax || Math.Abs(lufs - plan.LoudnessLufsTenths * 10) <= ToleranceLufsHundredths)
            {
                return new MixReport(plan.Samples, lufs, StrictMath.DecibelHundredths(peak));
            }

            gain = Math.Min(gain * Math.Sqrt(wanted / measured), gainMax);
        }
    }

    private static (double Energy, double Peak) Pass(MixPlan plan, ScratchSamples mix, ScratchSamples master, double gain, CancellationToken cancellationToken)
    {
        mix.Rewind();
        master.Rewind();
        var run = new PassState(gain / ScratchSamples.FullScale, StrictMath.Amplitude(plan.TruePeakDbTenths * 10), master);
        var block = new int[2 * ScratchSamples.BlockFrames];
        for (int read; (read = mix.Read(block)) > 0;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            run.Feed(block.AsSpan(0, read));
        }

        // What is still inside the limiter comes out behind this much silence; as much was dropped at the start.
        run.Feed(new int[2 * TruePeakLimiter.LatencyFrames]);
        run.Flush();
        return run.Measured();
    }

    private sealed class PassState(double scale, double ceiling, ScratchSamples master)
    {
        private readonly TruePeakLimiter _limiter = new(ceiling);
        private readonly IntegratedLoudness _loudness = new(2);
        private readonly TruePeak _left = new();
        private readonly TruePeak _right = new();
        private readonly int[] _output = new int[2 * ScratchSamples.BlockFrames];
        private readonly double[] _doubles = new double[2 * ScratchSamples.BlockFrames];
        private int _filled;
        private int _toDrop = TruePeakLimiter.LatencyFrames;

        internal void Feed(ReadOnlySpan<int> samples)
        {
            for (var i = 0; i < samples.Length; i += 2)
            {
                var (left, right) = _limiter.Next(samples[i] * scale, samples[i + 1] * scale);
                if (_toDrop > 0)
                {
                    _toDrop--;
                    continue;
                }

                Put(left, _left);
                Put(right, _right);
                if (_filled == _output.Length)
                {
                    Flush();
                }
            }
        }

        internal void Flush()
        {
            _loudness.Add(_doubles.AsSpan(0, _filled));
            master.Write(_output.AsSpan(0, _filled));
            _filled = 0;
        }

        internal (double Energy, double Peak) Measured()
        {
            for (var i = 0; i < TruePeak.Taps; i++)
            {
                _left.Next(0, _left.Largest);
                _right.Next(0, _right.Largest);
            }

            return (_loudness.GatedEnergy(), Math.Max(_left.Largest, _right.Largest));
        }

        private void Put(double sample, TruePeak meter)
        {
            var value = (int)Math.Clamp(Math.Round(sample * ScratchSamples.FullScale), -ScratchSamples.FullScale, ScratchSamples.FullScale - 1);
            var rounded = value / (double)ScratchSamples.FullScale;
            meter.Next(rounded, meter.Largest);
            _output[_filled] = value;
            _doubles[_filled++] = rounded;
        }
    }
}
