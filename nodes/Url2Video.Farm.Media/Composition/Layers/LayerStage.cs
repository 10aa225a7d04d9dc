using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Media.Composition;

/// <summary>What the layers of one renderer share: room for one layer as it is drawn, and the tools to draw it. One instance per thread.</summary>
internal sealed class LayerStage : IDisposable
{
    private readonly RenderContext _context;
    private readonly RgbRows _below, _layer;

    public LayerStage(RenderContext context)
    {
        _context = context;
        Sampler = new FrameSampler(LayerContent.SideMaxOf(context.Width), LayerContent.SideMaxOf(context.Height), context.Lanes);
        (Colour, Opacity) = (new YuvImage(context.Width, context.Height), new YuvImage(context.Width, context.Height));
        (_below, _layer) = (new RgbRows(context.Width, context.Lanes), new RgbRows(context.Width, context.Lanes));
    }

    /// <summary>Of the frame's size.</summary>
    public YuvImage Colour { get; }

    /// <summary>Opacity for luma in Y and for chroma in U.</summary>
    public YuvImage Opacity { get; }

    /// <summary>For targets as large as a layer's content may be.</summary>
    public FrameSampler Sampler { get; }

    /// <summary>Writes to <see cref="Colour"/> what the blended colours of a part of a frame are, as if the layer were opaque.</summary>
    /// <param name="layer">The layer's colours; <paramref name="x"/> and <paramref name="y"/> of the area are at its corner.</param>
    public unsafe void Blend(BlendMode mode, YuvImage below, YuvImage layer, int x, int y, PixelRect area)
    {
        for (var row = 0; row < area.Height / 2; row++)
        {
            _below.Read(below, (area.Y / 2) + row, area.X, area.Width);
            _layer.Read(layer, ((area.Y - y) / 2) + row, area.X - x, area.Width);
            for (var channel = 0; channel < 6; channel++)
            {
                var layerRow = _layer.Channel(channel);
                RowKernels.Blend(mode, _below.Channel(channel), layerRow, layerRow, area.Width, FixedPoint.One15, _context.Lanes);
            }

            _layer.Write(Colour, (area.Y / 2) + row, area.X, area.Width);
        }
    }

    /// <summary>Lays a part of a picture over the same part of a frame.</summary>
    /// <param name="opacity">The frame's place <paramref name="opacityX"/>, <paramref name="opacityY"/> is at its corner; likewise for colour.</param>
    public unsafe void Lay(
        YuvImage target, YuvImage colour, int colourX, int colourY, YuvImage opacity, int opacityX, int opacityY, PixelRect area, int alpha)
    {
        for (nint row = 0; row < area.Height; row++)
        {
            var mask = opacity.Y + ((area.Y - opacityY + row) * opacity.StrideY) + area.X - opacityX;
            new Span<byte>(mask + area.Width, 32).Clear(); // A vector past the end of the row must change nothing.
            var from = colour.Y + ((area.Y - colourY + row) * colour.StrideY) + area.X - colourX;
            RowKernels.Lay(target.Y + ((area.Y + row) * target.StrideY) + area.X, from, mask, area.Width, alpha, _context.Lanes);
        }

        for (nint row = 0; row < area.Height / 2; row++)
        {
            var mask = opacity.U + ((((area.Y - opacityY) / 2) + row) * opacity.StrideC) + ((area.X - opacityX) / 2);
            new Span<byte>(mask + (area.Width / 2), 32).Clear();
            var from = ((((area.Y - colourY) / 2) + row) * colour.StrideC) + ((area.X - colourX) / 2);
            var to = (((area.Y / 2) + row) * target.StrideC) + (area.X / 2);
            RowKernels.Lay(target.U + to, colour.U + from, mask, area.Width / 2, alpha, _context.Lanes);
            RowKernels.Lay(target.V + to, colour.V + from, mask, area.Width / 2, alpha, _context.Lanes);
        }
    }

    public void Dispose()
    {
        Colour.Dispose();
        Opacity.Dispose();
        Sampler.Dispose();
        _below.Dispose();
        _layer.Dispose();
    }
}
