using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Media.Composition;

/// <summary><see cref="GeneratedPattern.Gradient"/>: the theme's dark tones with a few soft lights adrift.</summary>
internal sealed class GradientBackground : IBackgroundRenderer
{
    private readonly RenderContext _context;
    private readonly LightField _field;

    public GradientBackground(ulong seed, RenderContext context)
    {
        _context = context;
        var random = new SplitMix64(seed);
        var (ink, glow, accent) = (context.Theme.Ink, context.Theme.Glow, context.Theme.Accent);
        Span<Rgb> tones = [ink.Mix(glow, 96), ink.Mix(glow, 40), ink.Mix(accent, 20), ink];
        var turn = random.Between(0, 3);
        Yuv[] corners = [tones[turn].ToYuv(), tones[(turn + 1) & 3].ToYuv(), tones[(turn + 2) & 3].ToYuv(), tones[(turn + 3) & 3].ToYuv()];

        // Accent is mixed with ink only: over glow it would turn grey.
        Span<Rgb> lights = [glow, ink.Mix(accent, 64), glow.Mix(context.Theme.Paper, 24), ink, ink.Mix(glow, 150)];
        var shapes = new DriftingShape[lights.Length];
        for (var i = 0; i < shapes.Length; i++)
        {
            shapes[i] = DriftingShape.Create(ref random, context.Width, context.Height, lights[i].ToYuv(), random.Between(15_000, 23_000));
        }

        _field = new LightField(context.Width, context.Height, corners, shapes);
    }

    public void Draw(long frame, YuvImage target)
    {
        _field.Fill(frame, _context.Rate);
        _field.Grid.Expand(target, _context.Lanes);
    }

    public void Dispose()
    {
    }
}
