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
        (_left, _right) = (1000 - pan, 1000 + pan);
    }

    internal bool Ended { get; private set; }

    /// <summary>Adds to interleaved stereo of 24-bit scale.</summary>
    internal void AddTo(Span<int> stereo)
    {
        for (var i = 0; i < stereo.Length; i += 2)
        {
            Advance();
            var index = (int)(_phase >> (32 - Wavetable.Bits));
            var fraction = (int)(_phase >> (32 - Wavetable.Bits - 15)) & 0x7FFF;
            var sample = _table[index] + ((_table[index + 1] - _table[index]) * fraction >> 15);
            _phase += _step;
            // 16-bit table × 15-bit envelope, brought to 24-bit scale (8 more than 16).
            var value = sample * (_envelope >> 15) >> 7;
            stereo[i] += (int)(value * _left / 2000);
            stereo[i + 1] += (int)(value * _right / 2000);
        }

        Ended = !_attacking && _holdLeft <= 0 && _envelope < _peak >> 10;
    }

    private void Advance()
    {
        if (_attacking)
        {
            _envelope += _attackStep;
            _attacking = _envelope < _peak;
        }
        else if (_holdLeft > 0)
        {
            _holdLeft--;
        }
        else
        {
            _envelope -= _envelope >> _releaseShift;
        }
    }
}
