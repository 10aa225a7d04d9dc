using System.Collections.Immutable;
using Url2Video.Farm.Media.Composition;
using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Media.Quality;

/// <summary>A text or logo at its worst moment.</summary>
/// <param name="Ratio">Lowest contrast, thousandths; 0 for a logo, whose colours are its own.</param>
/// <param name="Frame">Where that was, as it was numbered for the meter.</param>
public sealed record MeasuredText(SeenText Text, int Ratio, long Frame);

/// <summary>
/// Measures frames as they are composed, before any encoder. Each is measured alone, and which ones are looked at closely follows from their number in
/// the film: so a chunk that begins elsewhere has the same measures of the same frames.
/// </summary>
/// <param name="colours">To be looked for, at most eight.</param>
/// <param name="detailEvery">Frames whose number is a multiple of it are looked at closely.</param>
public sealed class PictureMeter(int width, int height, ImmutableArray<Yuv> colours, int detailEvery)
{
    private readonly Lanes _lanes = LanesOfCpu.Best;
    private readonly DetailMeter _detail = new(colours, LanesOfCpu.Best);
    private readonly List<byte> _fields = [];
    private readonly List<(long Frame, FrameDetail Detail)> _details = [];
    private readonly Dictionary<SeenKey, MeasuredText> _texts = [];
    private readonly byte[] _row = new byte[2 * FieldGrid.For(width, height).Cells];

    public FieldGrid Grid { get; } = FieldGrid.For(width, height);

    /// <summary>For each frame the luma of all fields, then their red.</summary>
    public ReadOnlyMemory<byte> Fields => _fields.ToArray();

    public IReadOnlyList<(long Frame, FrameDetail Detail)> Details => _details;

    public IReadOnlyCollection<MeasuredText> Texts => _texts.Values;

    /// <summary>Whether the frame is one of those whose texts are wanted.</summary>
    public bool IsLookedAtClosely(long frame) => frame % detailEvery == 0;

    /// <param name="frame">Its number in the film.</param>
    /// <param name="texts">What stands still on it, when <see cref="IsLookedAtClosely"/>.</param>
    public void Add(YuvImage image, long frame, IReadOnlyList<SeenText> texts)
    {
        FieldMeter.Measure(image, Grid, _row.AsSpan(0, Grid.Cells), _row.AsSpan(Grid.Cells), _lanes);
        _fields.AddRange(_row);
        if (!IsLookedAtClosely(frame))
        {
            return;
        }

        _details.Add((frame, _detail.Measure(image)));
        foreach (var text in texts)
        {
            var ratio = text.Key.Kind == SeenKind.Logo ? 0 : TextContrast.Ratio(image, text.Place, text.Colour.Y);
            if (!_texts.TryGetValue(text.Key, out var worst) || (ratio, frame).CompareTo((worst.Ratio, worst.Frame)) < 0)
            {
                _texts[text.Key] = new MeasuredText(text, ratio, frame);
            }
        }
    }
}
