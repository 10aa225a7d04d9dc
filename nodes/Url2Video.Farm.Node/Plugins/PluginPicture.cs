using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Node.Plugins;

/// <summary>How a picture lies for a plugin: the planes after each other, rows without gaps.</summary>
internal static class PluginPicture
{
    public static int BytesOf(int width, int height) => width * height * 3 / 2;

    /// <summary>Copies a picture into a block, or out of it.</summary>
    public static void Copy(YuvImage image, Span<byte> block, bool isOut)
    {
        foreach (var (at, row) in Rows(image))
        {
            var part = block.Slice(at, row.Length);
            if (isOut)
            {
                row.Of(image).CopyTo(part);
            }
            else
            {
                part.CopyTo(row.Of(image));
            }
        }
    }

    /// <summary>The same with memory that is shared.</summary>
    public static void Copy(YuvImage image, PluginMemory memory, bool isOut)
    {
        foreach (var (at, row) in Rows(image))
        {
            if (isOut)
            {
                memory.Write(at, row.Of(image));
            }
            else
            {
                memory.Read(at, row.Of(image));
            }
        }
    }

    private static RowWalk Rows(YuvImage image) => new(image.Width, image.Height);

    /// <summary>A row by its plane; a picture's spans cannot be kept.</summary>
    private readonly record struct PlaneRow(int Plane, int Index, int Length)
    {
        public Span<byte> Of(YuvImage image) => Plane switch
        {
            0 => image.RowY(Index),
            1 => image.RowU(Index),
            _ => image.RowV(Index),
        };
    }

    /// <summary>All rows of a picture and where each begins; allocates nothing.</summary>
    private struct RowWalk(int width, int height)
    {
        private int _row = -1;
        private int _next;

        public (int At, PlaneRow Row) Current { get; private set; }

        public readonly RowWalk GetEnumerator() => this;

        public bool MoveNext()
        {
            _row++;
            var half = height / 2;
            if (_row >= height + (2 * half))
            {
                return false;
            }

            var row = _row < height ? new PlaneRow(0, _row, width)
                : _row < height + half ? new PlaneRow(1, _row - height, width / 2)
                : new PlaneRow(2, _row - height - half, width / 2);
            Current = (_next, row);
            _next += row.Length;
            return true;
        }
    }
}
