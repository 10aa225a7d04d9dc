namespace Url2Video.Farm.Media.Pixels;

/// <summary>
/// Two rows of a picture as R'G'B' of eight bits and back: where blend modes mean what they say. Colour is doubled to luma's width on the
/// way in and averaged on the way out. Holds some rows of scratch memory.
/// </summary>
internal sealed unsafe class RgbRows(int width, Lanes lanes) : IDisposable
{
    // Kr 0.2126, Kg 0.7152, Kb 0.0722 of ITU-R BT.709; luma spans 219 codes, chroma 224.
    internal static readonly AffineRow ToR = AffineRow.From(255 / 219.0, 0, 255 * 1.5748 / 224, 255 * 112 / 219.0, 0, 255);
    internal static readonly AffineRow ToG =
        AffineRow.From(255 / 219.0, -255 * 0.0722 * 1.8556 / 0.7152 / 224, -255 * 0.2126 * 1.5748 / 0.7152 / 224, 255 * 112 / 219.0, 0, 255);
    internal static readonly AffineRow ToB = AffineRow.From(255 / 219.0, 255 * 1.8556 / 224, 0, 255 * 112 / 219.0, 0, 255);
    internal static readonly AffineRow OfY = AffineRow.From(
        0.2126 * 219 / 255, 0.7152 * 219 / 255, 0.0722 * 219 / 255, 16 + (128 * 219 / 255.0), 16, 235);
    internal static readonly AffineRow OfU = AffineRow.From(
        -0.2126 * 224 / 255 / 1.8556, -0.7152 * 224 / 255 / 1.8556, 0.9278 * 224 / 255 / 1.8556, 128, 16, 240);
    internal static readonly AffineRow OfV = AffineRow.From(
        0.7874 * 224 / 255 / 1.5748, -0.7152 * 224 / 255 / 1.5748, -0.0722 * 224 / 255 / 1.5748, 128, 16, 240);

    // R, G, B of the upper row, of the lower row; colour at luma's width; means of both rows at chroma's.
    private readonly Plane8 _rows = new(width, 11);

    /// <summary>R, G, B of the upper row (0..2) and of the lower (3..5).</summary>
    public byte* Channel(int channel) => _rows.Pixels + ((nint)channel * _rows.Stride);

    /// <param name="chromaRow">Luma rows 2k and 2k + 1.</param>
    public void Read(YuvImage image, int chromaRow) => Read(image, chromaRow, 0, image.Width);

    /// <summary>A part of the two rows.</summary>
    /// <param name="x">Even; so is <paramref name="count"/>.</param>
    public void Read(YuvImage image, int chromaRow, int x, int count)
    {
        byte* u = Channel(6), v = Channel(7);
        RowKernels.Double(image.U + ((nint)chromaRow * image.StrideC) + (x / 2), u, count, lanes);
        RowKernels.Double(image.V + ((nint)chromaRow * image.StrideC) + (x / 2), v, count, lanes);
        for (var row = 0; row < 2; row++)
        {
            var y = image.Y + (((nint)(2 * chromaRow) + row) * image.StrideY) + x;
            RowKernels.Affine(y, u, v, ToR, Channel(3 * row), count, lanes);
            RowKernels.Affine(y, u, v, ToG, Channel((3 * row) + 1), count, lanes);
            RowKernels.Affine(y, u, v, ToB, Channel((3 * row) + 2), count, lanes);
        }
    }

    public void Write(YuvImage image, int chromaRow) => Write(image, chromaRow, 0, image.Width);

    /// <summary>A part of the two rows; up to 31 pixels right of it may be overwritten.</summary>
    public void Write(YuvImage image, int chromaRow, int x, int count)
    {
        for (var row = 0; row < 2; row++)
        {
            var y = image.Y + (((nint)(2 * chromaRow) + row) * image.StrideY) + x;
            RowKernels.Affine(Channel(3 * row), Channel((3 * row) + 1), Channel((3 * row) + 2), OfY, y, count, lanes);
        }

        var half = count / 2;
        for (var channel = 0; channel < 3; channel++)
        {
            RowKernels.LumaAtChroma(Channel(channel), Channel(channel + 3), Channel(8 + channel), half, lanes);
        }

        RowKernels.Affine(Channel(8), Channel(9), Channel(10), OfU, image.U + ((nint)chromaRow * image.StrideC) + (x / 2), half, lanes);
        RowKernels.Affine(Channel(8), Channel(9), Channel(10), OfV, image.V + ((nint)chromaRow * image.StrideC) + (x / 2), half, lanes);
    }

    public void Dispose() => _rows.Dispose();
}
