using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Media.Composition;

/// <summary>The accent as coloured light over everything: blended as soft light, in R'G'B'.</summary>
internal sealed unsafe class WashEffect : IShotEffect
{
    private readonly RgbRows _rows;
    private readonly Plane8 _colour;
    private readonly int _alpha;
    private readonly Lanes _lanes;

    public WashEffect(int alpha, RenderContext context)
    {
        (_alpha, _lanes) = (alpha, context.Lanes);
        (_rows, _colour) = (new RgbRows(context.Width, context.Lanes), new Plane8(context.Width, 3));
        _colour.Row(0).Fill(context.Theme.Accent.R);
        _colour.Row(1).Fill(context.Theme.Accent.G);
        _colour.Row(2).Fill(context.Theme.Accent.B);
    }

    public void Draw(long frame, YuvImage image)
    {
        for (var y = 0; y < image.Height / 2; y++)
        {
            _rows.Read(image, y);
            for (var channel = 0; channel < 6; channel++)
            {
                var row = _rows.Channel(channel);
                RowKernels.Blend(BlendMode.SoftLight, row, _colour.Pixels + ((nint)(channel % 3) * _colour.Stride), row, image.Width, _alpha, _lanes);
            }

            _rows.Write(image, y);
        }
    }

    public void Dispose()
    {
        _rows.Dispose();
        _colour.Dispose();
    }
}
