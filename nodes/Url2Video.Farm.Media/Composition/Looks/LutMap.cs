using System.Runtime.InteropServices;
using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Media.Composition;

/// <summary>Any look: three tables of 33 nodes a side, made once from the codes themselves, read by <see cref="RowKernels.Lut"/>.</summary>
internal sealed unsafe class LutMap : IColourMap
{
    private const int Side = 33;
    private const int Nodes = Side * Side * Side;
    private short* _tables;

    /// <param name="map">What becomes of a colour, R'G'B' of 0..1 and what lies around it.</param>
    public LutMap(Func<Triple, Triple> map)
    {
        _tables = (short*)NativeMemory.AlignedAlloc(3 * Nodes * sizeof(short), 64);
        var at = 0;
        for (var u = 0; u < Side; u++)
        {
            for (var v = 0; v < Side; v++)
            {
                for (var y = 0; y < Side; y++, at++)
                {
                    var codes = ColourMatrix.ToCodes.Of(map(ColourMatrix.FromCodes.Of(new Triple(8 * y, 8 * u, 8 * v))));
                    _tables[at] = Node(codes.X);
                    _tables[Nodes + at] = Node(codes.Y);
                    _tables[(2 * Nodes) + at] = Node(codes.Z);
                }
            }
        }
    }

    ~LutMap() => Free();

    public bool MixesPlanes => true;

    public void Luma(byte* y, byte* u, byte* v, byte* target, int count, Lanes lanes) =>
        RowKernels.Lut(y, u, v, _tables, target, count, 16, 235, lanes);

    public void ChromaU(byte* y, byte* u, byte* v, byte* target, int count, Lanes lanes) =>
        RowKernels.Lut(y, u, v, _tables + Nodes, target, count, 16, 240, lanes);

    public void ChromaV(byte* y, byte* u, byte* v, byte* target, int count, Lanes lanes) =>
        RowKernels.Lut(y, u, v, _tables + (2 * Nodes), target, count, 16, 240, lanes);

    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    // Six bits below a code. Corners of the cube that are no colour may go far out: they are kept within 16 bits.
    private static short Node(double code) => (short)Math.Floor((Math.Clamp(code, -200, 500) * 64) + 0.5);

    private void Free()
    {
        NativeMemory.AlignedFree(_tables);
        _tables = null;
    }
}
