namespace Url2Video.Farm.Media.Audio.Music;

/// <summary>One sounding note: a wavetable read at a fixed pitch under an attack-hold-release envelope. Integers only.</summary>
internal sealed class Voice
{
    private const int EnvelopeBits = 30;
    private readonly short[] _table;
    private readonly uint _step;
    private readonly long _peak;
    private readonly long _attackStep;
    private readonly int _releaseShift;
    private readonly int _left;
    private readonly int _right;
    private uint _phase;
    private long _envelope;
    private long _holdLeft;
    private bool _attacking = true;

    /// <param name="step">Phase per sample, 2³² a period.</param>
    /// <param name="level">Thousandths of full scale.</param>
    /// <param name="attackSamples">Linear rise.</param>
    /// <param name="holdSamples">From the top of the attack to the release.</param>
    /// <param name="releaseShift">Falls to 37 % in 2^shift samples.</param>
    /// <param name="pan">−1000 left .. 1000 right.</param>
    internal Voice(Wavetable table, uint step, uint phase, int level, int attackSamples, long holdSamples, int releaseShift, int pan)
    {
        (_table, _step, _phase) = (table.Samples, step, phase);
        _peak = (1L << EnvelopeBits) * level / 1000;
        _attackStep = Math.Max(1, _peak / attackSamples);
        (_holdLeft, _releaseShift) = (holdSamples, releaseShift);
        (_left, _right) = ((1000 - pan) * 16_384 / 1000, (1000 + pan) * 16_384 / 1000);
    }

    internal bool Ended { get; private set; }

    /// <summary>Adds to interleaved stereo of 24-bit scale.</summary>
    internal void AddTo(Span<int> stereo)
    {
        while (stereo.Length > 0)
        {
            // Each part of the envelope has its own tight loop.
            var frames = stereo.Length / 2;
            if (_attacking)
            {
                frames = (int)Math.Min(frames, (_peak - _envelope + _attackStep - 1) / _attackStep);
                AddRamp(stereo[..(2 * frames)], _attackStep);
                _attacking = _envelope < _peak;
            }
            else if (_holdLeft > 0)
            {
                frames = (int)Math.Min(frames, _holdLeft);
                AddRamp(stereo[..(2 * frames)], 0);
                _holdLeft -= frames;
            }
            else
            {
                AddRelease(stereo);
            }

            stereo = stereo[(2 * frames)..];
        }

        Ended = !_attacking && _holdLeft <= 0 && _envelope < _peak >> 10;
    }

    private void AddRamp(Span<int> stereo, long envelopeStep)
    {
        var (phase, envelope) = (_phase, _envelope);
        for (var i = 0; i + 1 < stereo.Length; i += 2)
        {
            envelope += envelopeStep;
            var value = (long)Sample(_table, phase) * (int)(envelope >> 15) >> 7;
            phase += _step;
            stereo[i] += (int)(value * _left >> 15);
            stereo[i + 1] += (int)(value * _right >> 15);
        }

        (_phase, _envelope) = (phase, envelope);
    }

    private void AddRelease(Span<int> stereo)
    {
        var (phase, envelope) = (_phase, _envelope);
        for (var i = 0; i + 1 < stereo.Length; i += 2)
        {
            envelope -= envelope >> _releaseShift;
            var value = (long)Sample(_table, phase) * (int)(envelope >> 15) >> 7;
            phase += _step;
            stereo[i] += (int)(value * _left >> 15);
            stereo[i + 1] += (int)(value * _right >> 15);
        }

        (_phase, _envelope) = (phase, envelope);
    }

    /// <summary>16 bits, interpolated; times a 15-bit envelope and shifted by 7 it has 24-bit scale.</summary>
    private static int Sample(short[] table, uint phase)
    {
        var index = (int)(phase >> (32 - Wavetable.Bits));
        var fraction = (int)(phase >> (32 - Wavetable.Bits - 15)) & 0x7FFF;
        return table[index] + ((table[index + 1] - table[index]) * fraction >> 15);
    }
}
