using Url2Video.Farm.Media.Pixels;
using Url2Video.Farm.Media.Text;

namespace Url2Video.Farm.Media.Composition;

/// <summary>What the parts of one renderer share: the film's shape and look, the tools, the warnings.</summary>
internal sealed class RenderContext : IDisposable
{
    private readonly List<CompositionWarning> _warnings = [];

    public RenderContext(Film film, FontSet fonts, IPictureSource pictures, Lanes lanes)
    {
        (Width, Height, Rate, Theme, Fonts, Pictures, Lanes) = (film.Width, film.Height, film.Rate, film.Theme, fonts, pictures, lanes);
        HasCaptions = !film.Captions.IsEmpty;
        Sampler = new FrameSampler(film.Width, film.Height, lanes);
    }

    public int Width { get; }

    public int Height { get; }

    public FrameRate Rate { get; }

    public Theme Theme { get; }

    public FontSet Fonts { get; }

    public IPictureSource Pictures { get; }

    public Lanes Lanes { get; }

    public FrameSampler Sampler { get; }

    public bool HasCaptions { get; }

    public IReadOnlyList<CompositionWarning> Warnings => _warnings;

    /// <summary>Notes a warning once.</summary>
    public void Warn(CompositionWarningKind kind, string detail)
    {
        var warning = new CompositionWarning(kind, detail);
        if (_warnings.Count < CompositionLimits.WarningsMax && !_warnings.Contains(warning))
        {
            _warnings.Add(warning);
        }
    }

    public void Dispose() => Sampler.Dispose();
}
