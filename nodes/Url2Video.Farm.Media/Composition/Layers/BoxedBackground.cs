using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Media.Composition;

/// <summary>A background of another size than the film's, with a context of its own.</summary>
internal sealed class BoxedBackground : IBackgroundRenderer
{
    private readonly RenderContext _context;
    private readonly IBackgroundRenderer _background;

    /// <param name="context">Disposed by this.</param>
    public BoxedBackground(Background background, long frames, RenderContext context) =>
        (_context, _background) = (context, BackgroundFactory.Create(background, frames, context));

    public void Draw(long frame, YuvImage target) => _background.Draw(frame, target);

    public void Glance(long frame, YuvImage target) => _background.Glance(frame, target);

    public void Dispose()
    {
        _background.Dispose();
        _context.Dispose();
    }
}
