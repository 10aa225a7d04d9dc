namespace Url2Video.Farm.Media.Audio;

/// <summary>Discrete Fourier transform of a power of two, in place, radix 2. Twiddles by <see cref="StrictMath"/>: the same bits everywhere.</summary>
internal sealed class Fft
{
    private readonly int _size;
    private readonly double[] _cos;
    private readonly double[] _sin;
    private readonly int[] _reversed;

    internal Fft(int size)
    {
        _size = size;
        _cos = [.. Enumerable.Range(0, size / 2).Select(i => StrictMath.CosTurns((double)i / size))];
        _sin = [.. Enumerable.Range(0, size / 2).Select(i => StrictMath.SinTurns((double)i / size))];
        _reversed = new int[size];
        for (var i = 1; i < size; i++)
        {
            _reversed[i] = (_reversed[i >> 1] >> 1) | ((i & 1) * (size >> 1));
        }
    }

    internal void Forward(Span<double> real, Span<double> imaginary) => Run(real, imaginary, -1);

    /// <summary>Divided by the size: forward and back is the same signal.</summary>
    internal void Inverse(Span<double> real, Span<double> imaginary)
    {
        Run(real, imaginary, 1);
        for (var i = 0; i < _size; i++)
        {
            real[i] /= _size;
            imaginary[i] /= _size;
        }
    }

    private void Run(Span<double> real, Span<double> imaginary, int sign)
    {
        for (var i = 0; i < _size; i++)
        {
            var j = _reversed[i];
            if (i < j)
            {
                (real[i], real[j]) = (real[j], real[i]);
                (imaginary[i], imaginary[j]) = (imaginary[j], imaginary[i]);
            }
        }

        for (var half = 1; half < _size; half *= 2)
        {
            var step = _size / (2 * half);
            for (var block = 0; block < _size; block += 2 * half)
            {
                for (var k = 0; k < half; k++)
                {
                    var (cos, sin) = (_cos[k * step], sign * _sin[k * step]);
                    var (a, b) = (block + k, block + k + half);
                    var (re, im) = (real[b] * cos - imaginary[b] * sin, real[b] * sin + imaginary[b] * cos);
                    (real[b], imaginary[b]) = (real[a] - re, imaginary[a] - im);
                    (real[a], imaginary[a]) = (real[a] + re, imaginary[a] + im);
                }
            }
        }
    }
}
