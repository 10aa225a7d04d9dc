using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Media.Composition;

/// <summary>A background under lamps: its relief is read from every frame, lit at its nodes, and the light between them laid on in R'G'B'.</summary>
internal sealed unsafe class LitBackground : IBackgroundRenderer
{
    private const int Channels = 3;

    private readonly IBackgroundRenderer _background;
    private readonly LampNodes _lamps;
    private readonly Relief _relief;
    private readonly short[] _nodes, _lines;
    private readonly Lanes _lanes;

    /// <param name="background">Disposed by this.</param>
    public LitBackground(IBackgroundRenderer background, Lighting lighting, RenderContext context)
    {
        (_background, _lanes, _lamps) = (background, context.Lanes, new LampNodes(lighting, context));
        _relief = new Relief(context.Width, context.Height, context.Lanes);
        _nodes = GC.AllocateArray<short>(Channels * Stride * _relief.Rows, pinned: true);
        _lines = GC.AllocateArray<short>((2 * Channels * Stride) + 16, pinned: true);
    }

    private int Stride => (_relief.Columns + 15) & ~7;

    public void Draw(long frame, YuvImage target)
    {
        _background.Draw(frame, target);
        Light(target);
    }

    public void Glance(long frame, YuvImage target)
    {
        _background.Glance(frame, target);
        Light(target);
    }

    public void Dispose() => _background.Dispose();

    private void Light(YuvImage target)
    {
        _relief.Read(target);
        for (var row = 0; row < _relief.Rows; row++)
        {
            _lamps.Light(_relief, row, Nodes(0, row), Nodes(1, row), Nodes(2, row));
        }

        fixed (short* nodes = _nodes, lines = _lines)
        {
            for (nint y = 0; y < target.Height / 2; y++)
            {
                Lines(nodes, lines, (int)y);
                var luma = target.Y + (2 * y * target.StrideY);
                var chroma = y * target.StrideC;
                RowKernels.LightPair(new RowPair(luma, luma + target.StrideY, target.U + chroma, target.V + chroma), lines, Stride, target.Width, _lanes);
            }
        }
    }

    private Span<short> Nodes(int channel, int row) => _nodes.AsSpan(((channel * _relief.Rows) + row) * Stride, _relief.Columns);

    /// <summary>The gains level with two rows of luma, at every node across.</summary>
    private void Lines(short* nodes, short* lines, int chromaRow)
    {
        for (var line = 0; line < 2 * Channels; line++)
        {
            var y = (2 * chromaRow) + (line / Channels);
            var node = nodes + ((((line % Channels) * _relief.Rows) + (y >> Relief.Shift)) * Stride);
            RowKernels.MixNodes(node, node + Stride, lines + (line * Stride), _relief.Columns, (y & 7) << (15 - Relief.Shift), _lanes);
        }
    }
}
