using System.Collections.Immutable;

namespace Url2Video.Farm.Core.Quality;

/// <summary>
/// The tapes of a film, whichever there are, in order. Joining is a union: associative, commutative, and blind to where the cuts lie.
/// </summary>
public sealed class PictureTrack
{
    public static readonly PictureTrack Empty = new([]);

    private readonly ImmutableArray<PictureTape> _tapes;

    private PictureTrack(ImmutableArray<PictureTape> tapes) => _tapes = tapes;

    public static PictureTrack Of(IEnumerable<PictureTape> tapes) => new([.. tapes.Where(t => t.Frames > 0).OrderBy(t => t.FirstFrame).ThenBy(t => t.EndFrame)]);

    /// <summary>In the order of the film; where tapes overlap, the one that began earlier speaks.</summary>
    public ImmutableArray<PictureTape> Tapes => _tapes;

    public PictureTrack Join(PictureTrack other) => Of(_tapes.Concat(other._tapes));

    /// <summary>Frames that were measured, each once.</summary>
    public long Frames => Stretches().Sum(s => s.End - s.From);

    public IEnumerable<DetailRow> Details() => Stretches().SelectMany(s => s.Tape.Details.Where(d => d.Frame >= s.From && d.Frame < s.End).OrderBy(d => d.Frame));

    /// <summary>Each text once, with its worst moment, in the order of the film.</summary>
    public ImmutableArray<TextRow> Texts() =>
    [
        .. _tapes.SelectMany(t => t.Texts).GroupBy(t => t.Id, StringComparer.Ordinal).Select(g => g.Aggregate(TextRow.Worse))
            .OrderBy(t => t.Frame).ThenBy(t => t.Id, StringComparer.Ordinal),
    ];

    /// <summary>Shows every measured frame once to a rule, and where frames are missing.</summary>
    public void Play(IEnumerable<IFrameRule> rules)
    {
        var all = rules.ToArray();
        long? next = null;
        foreach (var (tape, from, end) in Stretches())
        {
            for (var frame = from; frame < end; frame++)
            {
                foreach (var rule in all)
                {
                    if (next is { } expected && expected != frame)
                    {
                        rule.Gap();
                    }

                    rule.Look(frame, tape.LumaOf(frame), tape.RedOf(frame));
                }

                next = frame + 1;
            }
        }
    }

    private IEnumerable<(PictureTape Tape, long From, long End)> Stretches()
    {
        var done = long.MinValue;
        foreach (var tape in _tapes.Where(t => (t.Columns, t.Rows) == (_tapes[0].Columns, _tapes[0].Rows)))
        {
            var from = Math.Max(done, tape.FirstFrame);
            if (from < tape.EndFrame)
            {
                yield return (tape, from, tape.EndFrame);
                done = tape.EndFrame;
            }
        }
    }
}

/// <summary>A rule that looks at every frame in turn.</summary>
public interface IFrameRule
{
    /// <param name="luma">Mean of each field.</param>
    /// <param name="red">See <see cref="PictureTape.RedShift"/>.</param>
    void Look(long frame, ReadOnlySpan<byte> luma, ReadOnlySpan<byte> red);

    /// <summary>Frames are missing before the next one.</summary>
    void Gap();

    /// <summary>All has been shown.</summary>
    IEnumerable<Finding> End();
}
