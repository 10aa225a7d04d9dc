using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Node.Plugins;

/// <summary>How a picture lies for a plugin: the planes after each other, rows without gaps.</summary>
internal static class PluginPicture
{
    private const int Planes = 3;

    public static int BytesOf(int width, int height) => width * height * 3 / 2;

    public static void CopyOut(YuvImage image, Span<byte> block)
    {
        for (var (plane, at) = (0, 0); plane < Planes; plane++)
        {
            for (var y = 0; y < RowsOf(image, plane); y++)
            {
                var row = Row(image, plane, y);
                row.CopyTo(block[at..]);
                at += row.Length;
            }
        }
    }

    public static void CopyIn(ReadOnlySpan<byte> block, YuvImage image)
    {
        for (var (plane, at) = (0, 0); plane < Planes; plane++)
        {
            for (var y = 0; y < RowsOf(image, plane); y++)
            {
                var row = Row(image, plane, y);
                block.Slice(at, row.Length).CopyTo(row);
                at += row.Length;
            }
        }
    }

    private static int RowsOf(YuvImage image, int plane) => plane == 0 ? image.Height : image.Height / 2;

    private static Span<byte> Row(YuvImage image, int plane, int y) => plane switch
    {
        0 => image.RowY(y),
        1 => image.RowU(y),
        _ => image.RowV(y),
    };
}
