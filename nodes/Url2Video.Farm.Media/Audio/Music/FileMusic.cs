namespace Url2Video.Farm.Media.Audio.Music;

/// <summary>Music from a file, for as long as the film: cut, or begun again with a cross-fade so that the seam is not heard.</summary>
internal sealed class FileMusic : IMusic
{
    /// <summary>Two seconds: a bar of most music.</summary>
    private const long SeamSamplesMax = 96_000;

    /// <summary>What is shorter would be heard as a buzz, and read from its file a million times: it is played once.</summary>
    private const long LoopFramesMin = 48_000;

    private readonly StereoSource _file;
    private readonly MusicFade _fade;
    private readonly long _period;
    private readonly long _seam;
    private readonly int[] _one = new int[2 * ScratchSamples.BlockFrames];
    private long _at;

    internal FileMusic(StereoSource file, bool isLooped, long length, int fadeInSamples, int fadeOutSamples)
    {
        _file = file;
        var isLoop = isLooped && file.Frames < length && file.Frames >= LoopFramesMin;
        _fade = new MusicFade(isLoop ? length : Math.Min(length, file.Frames), fadeInSamples, fadeOutSamples);
        _seam = isLoop ? Math.Min(SeamSamplesMax, file.Frames / 4) : 0;
        _period = isLoop ? Math.Max(1, file.Frames - _seam) : long.MaxValue;
    }

    public void Next(Span<int> stereo)
    {
        for (var done = 0; done < stereo.Length;)
        {
            var inTurn = _at % _period;
            var isSeam = _at >= _period && inTurn < _seam;
            var until = isSeam ? _seam : _period;
            var frames = (int)Math.Min(Math.Min(until - inTurn, (stereo.Length - done) / 2), ScratchSamples.BlockFrames);
            var part = stereo.Slice(done, 2 * frames);
            _file.Read(inTurn, part);
            if (isSeam)
            {
                Join(part, inTurn);
            }

            Fade(part);
            _at += frames;
            done += part.Length;
        }
    }

    /// <summary>Equal power: the two ends are different music. The weights are √ of a smooth step, so they start without a corner.</summary>
    private void Join(Span<int> part, long inTurn)
    {
        var ending = _one.AsSpan(0, part.Length);
        _file.Read(_period + inTurn, ending);
        for (var i = 0; i < part.Length; i += 2)
        {
            var t = (double)(inTurn + i / 2) / _seam;
            var step = t * t * (3 - 2 * t);
            var (coming, going) = (Math.Sqrt(step), Math.Sqrt(1 - step));
            part[i] = (int)Math.Round(part[i] * coming + ending[i] * going);
            part[i + 1] = (int)Math.Round(part[i + 1] * coming + ending[i + 1] * going);
        }
    }

    private void Fade(Span<int> part)
    {
        for (var i = 0; i < part.Length; i += 2)
        {
            long level = _fade.At(_at + i / 2);
            part[i] = (int)(part[i] * level >> 15);
            part[i + 1] = (int)(part[i + 1] * level >> 15);
        }
    }
}
