namespace Url2Video.Farm.Core.Quality.Rules;

/// <summary>Runs of black frames, apart from scenes that come in through black.</summary>
internal sealed class BlackRule(FilmOutline film) : IFrameRule
{
    private readonly List<(long From, long End)> _runs = [];
    private long _from = -1, _last = -1;

    public static bool IsBlack(ReadOnlySpan<byte> luma)
    {
        var black = 0;
        foreach (var field in luma)
        {
            black += field <= QualityBounds.BlackLumaMax ? 1 : 0;
        }

        return black * 1000 >= QualityBounds.BlackFieldsPermille * luma.Length;
    }

    public void Look(long frame, ReadOnlySpan<byte> luma, ReadOnlySpan<byte> red)
    {
        if (!IsBlack(luma) || IsMeant(frame))
        {
            Gap();
            return;
        }

        _from = _from < 0 ? frame : _from;
        _last = frame;
    }

    public void Gap()
    {
        if (_from >= 0)
        {
            _runs.Add((_from, _last + 1));
            _from = -1;
        }
    }

    public IEnumerable<Finding> End()
    {
        Gap();
        foreach (var (from, end) in _runs)
        {
            var (start, stop) = (film.MsAt(from), film.MsAt(end));
            var severity = stop - start >= QualityBounds.BlackErrorMs ? Severity.Error : Severity.Warning;
            yield return new Finding(
                FindingCodes.Black, severity, start, stop, film.SceneAt(from)?.Id, end - from, 0, "frames",
                $"The picture is black for {end - from} frames.",
                "Look at the scene's picture and effects; use a transition through black where black is meant.");
        }
    }

    private bool IsMeant(long frame) =>
        film.SceneAt(frame) is { ComesThroughBlack: true } scene && frame < scene.StartFrame + scene.TransitionFrames;
}
