using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Media.Composition;

/// <summary>An affine look, carried from R'G'B' to codes once: three multiplications a sample. Results keep to video's legal range.</summary>
internal sealed unsafe class MatrixMap : IColourMap
{
    private readonly AffineRow _y, _u, _v;

    /// <param name="rgb">The look on R'G'B' of 0..1.</param>
    public MatrixMap(ColourMatrix rgb)
    {
        var codes = ColourMatrix.FromCodes.Then(rgb).Then(ColourMatrix.ToCodes);
        var middle = codes.Of(new Triple(128, 128, 128));

        // Each row has its own plane first, so that a look that mixes nothing is one multiplication.
        _y = AffineRow.From(codes.Row0.X, codes.Row0.Y, codes.Row0.Z, middle.X, 16, 235);
        _u = AffineRow.From(codes.Row1.Y, codes.Row1.X, codes.Row1.Z, middle.Y, 16, 240);
        _v = AffineRow.From(codes.Row2.Z, codes.Row2.X, codes.Row2.Y, middle.Z, 16, 240);
    }

    public bool MixesPlanes => !(_y.IsOfFirstOnly && _u.IsOfFirstOnly && _v.IsOfFirstOnly);

    public void Luma(byte* y, byte* u, byte* v, byte* target, int count, Lanes lanes) =>
        RowKernels.Affine(y, u, v, _y, target, count, lanes);

    public void ChromaU(byte* y, byte* u, byte* v, byte* target, int count, Lanes lanes) =>
        RowKernels.Affine(u, y, v, _u, target, count, lanes);

    public void ChromaV(byte* y, byte* u, byte* v, byte* target, int count, Lanes lanes) =>
        RowKernels.Affine(v, y, u, _v, target, count, lanes);

    public void Dispose()
    {
    }
}
