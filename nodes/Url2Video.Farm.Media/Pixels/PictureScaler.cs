namespace Url2Video.Farm.Media.Pixels;

/// <summary>
/// Scales a whole picture once, by any ratio, with a triangle filter as wide as the step: slow, exact, free of aliasing. For
/// sources far larger than a frame, before a camera moves over them.
/// </summary>
public static unsafe class PictureScaler
{
    private const int WeightBits = 14;

    /// <param name="width">Of the result, luma pixels, even.</param>
    /// <param name="height">Of the result, luma pixels, even.</param>
    public static YuvImage Scale(YuvImage source, int width, int height)
    {
        var target = new YuvImage(width, height);
        var (halfWidth, halfHeight) = (source.Width / 2, source.Height / 2);
        var lumaX = Taps.Create(source.Width, width, isLeftSited: false);
        var lumaY = Taps.Create(source.Height, height, isLeftSited: false);
        var chromaX = Taps.Create(halfWidth, width / 2, isLeftSited: true);
        var chromaY = Taps.Create(halfHeight, height / 2, isLeftSited: false);
        ScalePlane(source.Y, source.StrideY, source.Width, target.Y, target.StrideY, lumaX, lumaY);
        ScalePlane(source.U, source.StrideC, halfWidth, target.U, target.StrideC, chromaX, chromaY);
        ScalePlane(source.V, source.StrideC, halfWidth, target.V, target.StrideC, chromaX, chromaY);
        return target;
    }

    /// <summary>The same for a plane of opacity.</summary>
    public static Plane8 Scale(Plane8 source, int width, int height)
    {
        var target = new Plane8(width, height);
        var columns = Taps.Create(source.Width, width, isLeftSited: false);
        var rows = Taps.Create(source.Height, height, isLeftSited: false);
        ScalePlane(source.Pixels, source.Stride, source.Width, target.Pixels, target.Stride, columns, rows);
        return target;
    }

    private static void ScalePlane(byte* source, int sourceStride, int sourceWidth, byte* target, int targetStride, Taps columns, Taps rows)
    {
        var sums = new int[sourceWidth];
        var line = new byte[sourceWidth];
        for (var y = 0; y < rows.Count; y++)
        {
            // Rows first: the inner loops run along memory.
            Array.Fill(sums, 1 << (WeightBits - 1));
            for (var tap = 0; tap < rows.Width; tap++)
            {
                var weight = rows.Weights[(y * rows.Width) + tap];
                if (weight == 0)
                {
                    continue;
                }

                var row = source + ((nint)rows.Positions[(y * rows.Width) + tap] * sourceStride);
                for (var x = 0; x < sums.Length; x++)
                {
                    sums[x] += row[x] * weight;
                }
            }

            for (var x = 0; x < sums.Length; x++)
            {
                line[x] = (byte)(sums[x] >> WeightBits);
            }

            ScaleRow(line, target + ((nint)y * targetStride), columns);
        }
    }

    private static void ScaleRow(byte[] line, byte* target, Taps columns)
    {
        for (var x = 0; x < columns.Count; x++)
        {
            var sum = 1 << (WeightBits - 1);
            var end = (x + 1) * columns.Width;
            for (var tap = x * columns.Width; tap < end; tap++)
            {
                sum += line[columns.Positions[tap]] * columns.Weights[tap];
            }

            target[x] = (byte)(sum >> WeightBits);
        }
    }

    /// <summary>For every output, a fixed number of source positions (clamped to the picture) and weights summing to 2^14.</summary>
    private sealed record Taps(int Count, int Width, int[] Positions, int[] Weights)
    {
        public static Taps Create(int sourceSize, int targetSize, bool isLeftSited)
        {
            // 16.16 source coordinates. Left-sited samples sit at the left end of their cell, others in its middle.
            var step = (long)(((Int128)sourceSize << 16) / targetSize);
            var origin = isLeftSited ? (step >> 2) - (1 << 14) : (step >> 1) - (1 << 15);
            var reach = Math.Max(step, 1 << 16);
            var width = (int)((2 * reach) >> 16) + 2;
            var (positions, weights) = (new int[targetSize * width], new int[targetSize * width]);
            for (var i = 0; i < targetSize; i++)
            {
                var centre = origin + (i * step);
                var first = (int)((centre - reach) >> 16) + 1;
                long sum = 0;
                for (var tap = 0; tap < width; tap++)
                {
                    sum += Reach(first + tap, centre, reach);
                }

                var rest = 1 << WeightBits;
                var (middle, best) = (0, -1L);
                for (var tap = 0; tap < width; tap++)
                {
                    var share = Reach(first + tap, centre, reach);
                    var weight = (int)((share << WeightBits) / sum);
                    positions[(i * width) + tap] = Math.Clamp(first + tap, 0, sourceSize - 1);
                    weights[(i * width) + tap] = weight;
                    rest -= weight;
                    (middle, best) = share > best ? (tap, share) : (middle, best);
                }

                weights[(i * width) + middle] += rest;
            }

            return new Taps(targetSize, width, positions, weights);
        }

        private static long Reach(int position, long centre, long reach) => Math.Max(0, reach - Math.Abs(((long)position << 16) - centre));
    }
}
