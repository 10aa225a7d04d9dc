using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Media.Composition;

/// <summary>
/// Runs a colour map over a picture in place, two luma rows and their chroma row at a time: colour is doubled to luma's width, and luma
/// taken where chroma is. Holds some rows of scratch memory.
/// </summary>
internal sealed unsafe class GradePass(int width, Lanes lanes) : IDisposable
{
    private readonly Plane8 _rows = new(width, 5);

    public void Apply(YuvImage image, IColourMap map)
    {
        for (nint y = 0; y < image.Height / 2; y++)
        {
            var upper = image.Y + (2 * y * image.StrideY);
            var lower = upper + image.StrideY;
            var u = image.U + (y * image.StrideC);
            var v = image.V + (y * image.StrideC);
            if (map.MixesPlanes)
            {
                Mixed(map, upper, lower, u, v, image.Width);
                continue;
            }

            map.Luma(upper, upper, upper, upper, image.Width, lanes);
            map.Luma(lower, lower, lower, lower, image.Width, lanes);
            map.ChromaU(u, u, u, u, image.Width / 2, lanes);
            map.ChromaV(v, v, v, v, image.Width / 2, lanes);
        }
    }

    public void Dispose() => _rows.Dispose();

    private void Mixed(IColourMap map, byte* upper, byte* lower, byte* u, byte* v, int count)
    {
        byte* wideU = RowAt(0), wideV = RowAt(1), luma = RowAt(2), newU = RowAt(3), newV = RowAt(4);
        var half = count / 2;
        RowKernels.Double(u, wideU, count, lanes);
        RowKernels.Double(v, wideV, count, lanes);
        RowKernels.LumaAtChroma(upper, lower, luma, half, lanes);

        // Every output needs every input as it was, so the new chroma waits until the old is read.
        map.ChromaU(luma, u, v, newU, half, lanes);
        map.ChromaV(luma, u, v, newV, half, lanes);
        map.Luma(upper, wideU, wideV, upper, count, lanes);
        map.Luma(lower, wideU, wideV, lower, count, lanes);
        Buffer.MemoryCopy(newU, u, half, half);
        Buffer.MemoryCopy(newV, v, half, half);
    }

    private byte* RowAt(int row) => _rows.Pixels + ((nint)row * _rows.Stride);
}
