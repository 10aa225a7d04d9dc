namespace Url2Video.Farm.Core.Quality.Rules;

/// <summary>
/// Pictures that stand still where something should move. Each frame is held against the first one of its run, not against its neighbour, so
/// that the slowest camera is seen to move.
/// </summary>
internal sealed class FrozenRule(FilmOutline film) : IFrameRule
{
    private readonly List<(long From, long End)> _runs = [];
    private readonly long _framesMin = Math.Max(2, film.FramesIn(QualityBounds.FrozenMs));
    private byte[] _anchor = [], _redAnchor = [];
    private long _from = -1, _last = -1;

    public void Look(long frame, ReadOnlySpan<byte> luma, ReadOnlySpan<byte> red)
    {
        if (film.SceneAt(frame) is not { Moves: true } || BlackRule.IsBlack(luma))
        {
            Gap();
            return;
        }

        if (_from < 0 || !IsSame(luma, _anchor, QualityBounds.FrozenStepMax) || !IsSame(red, _redAnchor, QualityBounds.FrozenStepMax << PictureTape.RedShift))
        {
            Gap();
            (_anchor, _redAnchor, _from) = (luma.ToArray(), red.ToArray(), frame);
        }

        _last = frame;
    }

    public void Gap()
    {
        if (_from >= 0 && _last + 1 - _from >= _framesMin)
        {
            _runs.Add((_from, _last + 1));
        }

        _from = -1;
    }

    public IEnumerable<Finding> End()
    {
        Gap();
        foreach (var (from, end) in _runs)
        {
            var (start, stop) = (film.MsAt(from), film.MsAt(end));
            yield return new Finding(
                FindingCodes.Frozen, Severity.Warning, start, stop, film.SceneAt(from)?.Id, stop - start, QualityBounds.FrozenMs, "ms",
                $"The picture stands still for {stop - start} ms, and something in it should move.",
                "Look at the scene's camera and effects; a camera that rests on purpose is said so by two equal views.");
        }
    }

    private static bool IsSame(ReadOnlySpan<byte> fields, byte[] anchor, int stepMax)
    {
        if (fields.Length != anchor.Length)
        {
            return false;
        }

        for (var i = 0; i < fields.Length; i++)
        {
            if (Math.Abs(fields[i] - anchor[i]) > stepMax)
            {
                return false;
            }
        }

        return true;
    }
}
