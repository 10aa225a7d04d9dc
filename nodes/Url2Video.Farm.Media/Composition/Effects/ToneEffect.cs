using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Media.Composition;

/// <summary>Replaces codes by a table for luma and one for chroma.</summary>
internal sealed class ToneEffect(Func<int, int> luma, Func<int, int> chroma, int share) : IShotEffect
{
    private readonly byte[] _luma = Table(luma, share);
    private readonly byte[] _chroma = Table(chroma, share);

    public void Draw(long frame, YuvImage image)
    {
        for (var y = 0; y < image.Height; y++)
        {
            Replace(image.RowY(y), _luma);
        }

        for (var y = 0; y < image.Height / 2; y++)
        {
            Replace(image.RowU(y), _chroma);
            Replace(image.RowV(y), _chroma);
        }
    }

    private static byte[] Table(Func<int, int> of, int share) =>
        [.. Enumerable.Range(0, 256).Select(code => FixedPoint.ToByte(code + FixedPoint.MulHrs(of(code) - code, share)))];

    private static void Replace(Span<byte> row, byte[] table)
    {
        foreach (ref var code in row)
        {
            code = table[code];
        }
    }
}
