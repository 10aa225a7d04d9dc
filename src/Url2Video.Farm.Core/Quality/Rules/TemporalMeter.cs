namespace Url2Video.Farm.Core.Quality.Rules;

/// <summary>
/// How much changes from frame to frame: the standard deviation of the difference, as TI of ITU-T P.910 has it, but of the means of the fields,
/// so it is lower than that of single pixels. And how bright the film is.
/// </summary>
internal sealed class TemporalMeter : IFrameRule
{
    private byte[] _before = [];
    private bool _hasBefore;
    private long _sum, _count, _luma, _fields;

    /// <summary>Hundredths.</summary>
    public int Mean => _count == 0 ? 0 : (int)(_sum / _count);

    /// <summary>Hundredths.</summary>
    public int Max { get; private set; }

    /// <summary>Hundredths of a luma code.</summary>
    public int LumaMean => _fields == 0 ? 0 : (int)(_luma * 100 / _fields);

    public void Look(long frame, ReadOnlySpan<byte> luma, ReadOnlySpan<byte> red)
    {
        if (_hasBefore && _before.Length == luma.Length)
        {
            var (sum, squares) = (0L, 0L);
            for (var i = 0; i < luma.Length; i++)
            {
                var difference = luma[i] - _before[i];
                sum += difference;
                squares += difference * difference;
            }

            var n = (long)luma.Length;
            var deviation = (int)Math.Sqrt(10_000L * ((n * squares) - (sum * sum)) / (n * n));
            Max = Math.Max(Max, deviation);
            _sum += deviation;
            _count++;
        }

        foreach (var field in luma)
        {
            _luma += field;
        }

        _fields += luma.Length;
        _before = _before.Length == luma.Length ? _before : new byte[luma.Length];
        luma.CopyTo(_before);
        _hasBefore = true;
    }

    public void Gap() => _hasBefore = false;

    public IEnumerable<Finding> End() => [];
}
