using Url2Video.Farm.Media.Pixels;
using Url2Video.Farm.Media.Text;

namespace Url2Video.Farm.Media.Composition;

/// <summary>What the parts of one renderer share: the film's shape and look, the tools, the warnings.</summary>
internal sealed class RenderContext : IDisposable
{
    private readonly List<CompositionWarning> _warnings = [];
    private LineRasterizer? _rasterizer;
    private MaskSampler? _maskSampler;
    private WarpSampler? _warpSampler;
    private LayerStage? _layerStage;
    private readonly Film _film;

    /// <param name="shared">Of the renderer that this is a part of; null for one of its own.</param>
    public RenderContext(Film film, FontSet fonts, IPictureSource pictures, Lanes lanes, IFilterSource? filters = null, SharedParts? shared = null)
    {
        Shared = shared ?? new SharedParts();
        Filters = filters;
        _film = film;
        (Width, Height, Rate, Theme, Fonts, Pictures, Lanes) = (film.Width, film.Height, film.Rate, film.Theme, fonts, pictures, lanes);
        Safe = SafeArea.Create(film.Width, film.Height, film.HasCaptionArea);
        Paper = Theme.Paper.ToYuv();
        Accent = Contrast.Readable(Theme.Accent, Theme.Ink, Theme.Paper).ToYuv();
        Sampler = new FrameSampler(film.Width, film.Height, lanes);
        Painter = new MaskPainter(lanes);
        if (!fonts.HasFamily(Theme.FontFamily))
        {
            Warn(CompositionWarningKind.FontFamilyMissing, Theme.FontFamily);
        }
    }

    public int Width { get; }

    public int Height { get; }

    public FrameRate Rate { get; }

    public Theme Theme { get; }

    public FontSet Fonts { get; }

    public IPictureSource Pictures { get; }

    /// <summary>Null where there are none.</summary>
    public IFilterSource? Filters { get; }

    public Lanes Lanes { get; }

    /// <summary>Across all shots and layers of the renderer.</summary>
    public SharedParts Shared { get; }

    public FrameSampler Sampler { get; }

    public MaskPainter Painter { get; }

    public SafeArea Safe { get; }

    /// <summary>Colour of text.</summary>
    public Yuv Paper { get; }

    /// <summary>The accent, made light or dark enough to be read on ink.</summary>
    public Yuv Accent { get; }

    /// <summary>Started when the first text is set: a film without text needs no text engine.</summary>
    public LineRasterizer Rasterizer => _rasterizer ??= new LineRasterizer();

    /// <summary>For text that moves; likewise.</summary>
    public MaskSampler MaskSampler => _maskSampler ??= new MaskSampler(Width, Height, Lanes);

    /// <summary>For cameras that turn; likewise.</summary>
    public WarpSampler WarpSampler => _warpSampler ??= new WarpSampler(Width, Height, Lanes);

    /// <summary>For layers; likewise.</summary>
    public LayerStage LayerStage => _layerStage ??= new LayerStage(this);

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

    /// <summary>The same film in a frame of another size, for what is drawn into a layer. Whoever asks disposes it.</summary>
    public RenderContext Sized(int width, int height) => new(_film with { Width = width, Height = height }, Fonts, Pictures, Lanes, Filters, Shared);

    public void Dispose()
    {
        _layerStage?.Dispose();
        Sampler.Dispose();
        Painter.Dispose();
        _maskSampler?.Dispose();
        _warpSampler?.Dispose();
        _rasterizer?.Dispose();
    }
}
