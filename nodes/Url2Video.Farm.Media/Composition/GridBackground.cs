using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Media.Composition;

/// <summary>
/// <see cref="GeneratedPattern.Grid"/>: a lattice of fine lines at rest over a dark ground, on which highlights wander. Ground and
/// lines are two fields of light; a mask made once says, pixel by pixel, how much of the second is seen.
/// </summary>
internal sealed class GridBackground : IBackgroundRenderer
{
    private const byte LineCoverage = 144;
    private readonly RenderContext _context;
    private readonly LightField _ground;
    private readonly LightField _lines;
    private readonly Mask _lattice;

    public GridBackground(ulong seed, RenderContext context)
    {
        _context = context;
        var (width, height, theme) = (context.Width, context.Height, context.Theme);
        var random = new SplitMix64(seed);
        var (ink, tint, accent, paper) = (theme.Ink, GeneratedTint.Of(theme), theme.Accent, theme.Paper);
        var turn = random.Between(0, 3);
        _ground = new LightField(
            width,
            height,
            Corners([ink.Mix(tint, 64), ink.Mix(tint, 28), ink, ink.Mix(tint, 28)], turn),
            [
                DriftingShape.Create(ref random, width, height, ink.Mix(tint, 120).ToYuv(), 18_000),
                DriftingShape.Create(ref random, width, height, ink.Mix(tint, 84).ToYuv(), 18_000),
            ]);

        // Paper, not glow: a theme's glow may be next to its ink, and the lines must be seen in every theme.
        var line = ink.Mix(paper, 52);
        _lines = new LightField(
            width,
            height,
            Corners([line, line, line, line], turn),
            [
                Highlight(ref random, ink.Mix(accent, 210), 32_000),
                Highlight(ref random, ink.Mix(paper, 128), 26_000),
                Highlight(ref random, ink.Mix(accent, 180), 32_000),
            ]);

        var side = Math.Min(width, height);
        var pitch = (side / (2 * random.Between(3, 5))) & ~1; // Even shares end half a cell from the edges.
        _lattice = MaskShapes.Lattice(width, height, pitch, Math.Max(1, (side + 270) / 540), LineCoverage, side * 16 / 230);

        DriftingShape Highlight(ref SplitMix64 r, Rgb colour, int strength)
        {
            var shape = DriftingShape.Create(ref r, width, height, colour.ToYuv(), strength);
            return shape with { Radius = shape.Radius * 7 / 10 };
        }
    }

    public void Draw(long frame, YuvImage target)
    {
        _ground.Fill(frame, _context.Rate);
        _ground.Grid.Expand(target, _context.Lanes);
        _lines.Fill(frame, _context.Rate);
        _lines.Grid.ExpandThrough(_lattice, target, _context.Lanes);
    }

    public void Dispose() => _lattice.Dispose();

    private static Yuv[] Corners(ReadOnlySpan<Rgb> tones, int turn) =>
        [tones[turn].ToYuv(), tones[(turn + 1) & 3].ToYuv(), tones[(turn + 2) & 3].ToYuv(), tones[(turn + 3) & 3].ToYuv()];
}
