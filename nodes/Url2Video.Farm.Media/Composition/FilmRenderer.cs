using Url2Video.Farm.Media.Pixels;
using Url2Video.Farm.Media.Text;

namespace Url2Video.Farm.Media.Composition;

/// <summary>
/// Composes frames of a film, in any order: the bits of a frame depend on the film alone, never on what was composed before.
/// Not thread-safe: one instance per chunk in work. Shots are prepared when first seen and dropped when out of sight.
/// </summary>
public sealed class FilmRenderer : IDisposable
{
    private readonly Film _film;
    private readonly RenderContext _context;
    private readonly Dictionary<int, ShotRenderer> _shots = [];
    private readonly List<int> _outOfSight = [];
    private readonly CaptionTrack _captions;
    private readonly MarkLayer? _mark;
    private readonly TransitionRenderer _transitions;
    private YuvImage? _under, _over;

    /// <exception cref="ArgumentException">The film breaks one of the rules in <see cref="Film"/>.</exception>
    /// <param name="filters">Needed by films whose shots have filters.</param>
    public FilmRenderer(Film film, FontSet fonts, IPictureSource pictures, IFilterSource? filters = null)
        : this(film, fonts, pictures, LanesOfCpu.Best, filters)
    {
    }

    internal FilmRenderer(Film film, FontSet fonts, IPictureSource pictures, Lanes lanes, IFilterSource? filters = null)
    {
        FilmRules.Check(film);
        _film = film;
        _context = new RenderContext(film, fonts, pictures, lanes, filters);
        _captions = new CaptionTrack(film, _context);
        _transitions = new TransitionRenderer(film.Width, film.Height, _context.Sampler, lanes);
        _mark = film.Logo is { } mark ? new MarkLayer(mark, film.HasCaptionArea, _context) : null;
    }

    /// <summary>Length of the film.</summary>
    public long Frames => _film.Frames;

    /// <summary>What could not be shown as asked, in the order it was met.</summary>
    public IReadOnlyList<CompositionWarning> Warnings => _context.Warnings;

    /// <summary>Draws one frame over whatever the target holds.</summary>
    /// <param name="frame">0..<see cref="Frames"/> − 1.</param>
    /// <param name="target">Of the film's size.</param>
    public void Compose(long frame, YuvImage target)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(frame);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(frame, _film.Frames);
        if (target.Width != _film.Width || target.Height != _film.Height)
        {
            throw new ArgumentException($"The film is {_film.Width}x{_film.Height}, the target {target.Width}x{target.Height}.",
                nameof(target));
        }

        var index = FilmRules.ShotAt(_film, frame);
        var shot = _film.Shots[index];
        var local = frame - shot.StartFrame;
        DropOthers(local < shot.TransitionFrames ? index - 1 : index, index);
        if (local < shot.TransitionFrames)
        {
            Change(index, frame, target);
        }
        else
        {
            Prepared(index).Draw(local, target);
        }

        DrawMark(index, local, target);
        _captions.Draw(frame, target);
    }

    /// <summary>The texts and the logo that stand still on a frame: nothing of a shot while it comes in.</summary>
    /// <param name="frame">0..<see cref="Frames"/> − 1, composed last.</param>
    public IReadOnlyList<SeenText> TextsAt(long frame)
    {
        var seen = new List<SeenText>();
        var index = FilmRules.ShotAt(_film, frame);
        var local = frame - _film.Shots[index].StartFrame;
        if (local >= _film.Shots[index].TransitionFrames)
        {
            Prepared(index).AddTextsAt(local, index, seen);
        }

        _captions.AddTextAt(frame, seen);
        if (_mark is { } mark && !(mark.IsChoosing && local < _film.Shots[index].TransitionFrames))
        {
            var place = mark.IsChoosing ? mark.PlaceIn(index, Prepared(index), FilmRules.SeenFrames(_film, index)) : mark.Place;
            seen.Add(new SeenText(new SeenKey(SeenKind.Logo, mark.IsChoosing ? index : -1, 0), place, default));
        }

        return seen;
    }

    public void Dispose()
    {
        DropOthers(int.MaxValue, int.MaxValue);
        _under?.Dispose();
        _over?.Dispose();
        _transitions.Dispose();
        _captions.Dispose();
        _mark?.Dispose();
        _context.Dispose();
    }

    /// <summary>Draws both shots and what lies between them.</summary>
    private void Change(int index, long frame, YuvImage target)
    {
        var shot = _film.Shots[index];
        var local = frame - shot.StartFrame;
        _under ??= new YuvImage(_film.Width, _film.Height);
        Prepared(index - 1).Draw(frame - _film.Shots[index - 1].StartFrame, _under);

        // A cross-fade may be written over one of its inputs; everything else reads pixels that it has written already.
        var over = shot.Transition == TransitionKind.CrossFade ? target : _over ??= new YuvImage(_film.Width, _film.Height);
        Prepared(index).Draw(local, over);

        _transitions.Draw(shot.Transition, _under, over, WeightOf(local, shot.TransitionFrames), target);
    }

    private void DrawMark(int index, long local, YuvImage target)
    {
        if (_mark is not { IsChoosing: true } mark)
        {
            _mark?.Draw(target);
            return;
        }

        var to = mark.PlaceIn(index, Prepared(index), FilmRules.SeenFrames(_film, index));
        var length = _film.Shots[index].TransitionFrames;
        if (local < length && mark.PlaceIn(index - 1, Prepared(index - 1), FilmRules.SeenFrames(_film, index - 1)) is var from && from != to)
        {
            var weight = WeightOf(local, length);
            mark.Draw(target, from, FixedPoint.One15 - weight);
            mark.Draw(target, to, weight);
            return;
        }

        mark.Draw(target, to, FixedPoint.One15);
    }

    // Frame k of n stands for the middle of its share of the time, so a fade is the same forwards and backwards.
    private static int WeightOf(long frame, int frames) => (int)(((2 * frame) + 1) * FixedPoint.One15 / (2L * frames));

    private ShotRenderer Prepared(int index)
    {
        if (!_shots.TryGetValue(index, out var shot))
        {
            shot = new ShotRenderer(_film.Shots[index].Shot, FilmRules.SeenFrames(_film, index), _context);
            _shots.Add(index, shot);
        }

        return shot;
    }

    /// <summary>Keeps what a frame shows: a shot may hold hundreds of megabytes.</summary>
    private void DropOthers(int first, int last)
    {
        foreach (var other in _shots.Keys)
        {
            if (other < first || other > last)
            {
                _outOfSight.Add(other);
            }
        }

        foreach (var other in _outOfSight)
        {
            _shots.Remove(other, out var shot);
            shot?.Dispose();
        }

        _outOfSight.Clear();
    }
}
