namespace Url2Video.Farm.Media.Audio.Music;

/// <summary>A quiet ping-pong echo through a low-pass: the room around the plucks and pads. Integers only.</summary>
internal sealed class StereoEcho(int delayFrames)
{
    private readonly int[] _ring = new int[2 * delayFrames];
    private int _at;
    private int _toneLeft;
    private int _toneRight;

    internal void Apply(Span<int> stereo)
    {
        for (var i = 0; i < stereo.Length; i += 2)
        {
            var (oldLeft, oldRight) = (_ring[_at], _ring[_at + 1]);
            _toneLeft += (oldLeft - _toneLeft) >> 2;
            _toneRight += (oldRight - _toneRight) >> 2;
            // Sides change at every return, 11/32 of the level comes back: −9 dB.
            _ring[_at] = stereo[i] + (_toneRight * 11 >> 5);
            _ring[_at + 1] = stereo[i + 1] + (_toneLeft * 11 >> 5);
            _at = _at + 2 == _ring.Length ? 0 : _at + 2;
            stereo[i] += _toneRight * 11 >> 5;
            stereo[i + 1] += _toneLeft * 11 >> 5;
        }
    }
}
