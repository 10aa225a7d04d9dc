using Url2Video.Farm.Media.Cuda;
using Url2Video.Farm.Media.Pixels;
using Url2Video.Farm.Media.Tests.Cuda.Cases;
using Url2Video.Farm.Media.Tests.Cuda.StandIn;
using Url2Video.Farm.Media.Tests.Pixels;

namespace Url2Video.Farm.Media.Tests.Cuda;

/// <summary>Passes over whole pictures that the renderer makes of row kernels, made of the PTX's kernels: the same pictures.</summary>
[Collection(CudaCollection.Name)]
public sealed unsafe class WholePassTests
{
    private const int Width = 70;
    private const int Height = 50;

    [Fact]
    public void SoftBlur_OfAPicture_IsTheSame()
    {
        using var image = TestPictures.Noise(Width, Height, 1);
        using var standIn = new StandInDriver(new PtxProcessor());
        using var rig = new Rig(standIn.Driver, GpuKernels.Ptx());
        var first = Upload(rig, image.Y, image.StrideY);
        var second = rig.Upload<byte>(new byte[image.StrideY * Height]);
        var (a, b) = (first.Plane<byte>(image.StrideY, Width, Height), second.Plane<byte>(image.StrideY, Width, Height));
        for (var pass = 0; pass < 2; pass++)
        {
            rig.Kernels.BlurColumns(rig.Stream, a, b, Width, Height, 7);
            rig.Kernels.BlurRows(rig.Stream, b, a, Width, Height, 7);
        }

        using var blur = new SoftBlur(Width, Height, LanesOfCpu.Best);
        blur.ApplyLuma(image, 7, passes: 2);
        AssertSame(rig, first, image.StrideY, Height, image.RowY);
    }

    [Fact]
    public void NodeGrid_Expanded_IsTheSame()
    {
        var grid = new NodeGrid(Width, Height);
        var random = new Random(2);
        var nodes = new short[3 * grid.Rows * grid.Columns];
        for (var i = 0; i < nodes.Length; i++)
        {
            nodes[i] = (short)random.Next(255 * 128);
            grid.Row(i / grid.Columns / grid.Rows, i / grid.Columns % grid.Rows)[i % grid.Columns] = nodes[i];
        }

        using var image = new YuvImage(Width, Height);
        grid.Expand(image, LanesOfCpu.Best);
        using var standIn = new StandInDriver(new PtxProcessor());
        using var rig = new Rig(standIn.Driver, GpuKernels.Ptx());
        var held = rig.Upload<short>(nodes);
        for (var plane = 0; plane < 3; plane++)
        {
            var (shift, width, height) = plane == 0 ? (NodeGrid.LumaShift, Width, Height) : (NodeGrid.LumaShift - 1, Width / 2, Height / 2);
            var target = rig.Upload<byte>(new byte[width * height]);
            var part = held.Plane<short>(grid.Columns, grid.Columns, grid.Rows, plane * grid.Rows * grid.Columns);
            rig.Kernels.Expand(rig.Stream, part, shift, target.Plane<byte>(width, width, height), width, height);
            AssertSame(rig, target, width, height, plane switch { 0 => image.RowY, 1 => image.RowU, _ => image.RowV });
        }
    }

    /// <summary>A camera's window, in luma: rows, then columns, each rounded to a byte.</summary>
    [Fact]
    public void FrameSampler_OfAWindow_IsTheSame()
    {
        using var source = TestPictures.Noise(Width + 24, Height + 8, 3);
        using var image = new YuvImage(Width, Height);
        using var sampler = new FrameSampler(Width, Height);
        var window = new CropWindow((3L << 32) + 12_345_678, 87_654_321, ((long)Width << 32) + (9L << 31), ((long)Height << 32) + (3L << 31));
        sampler.Draw(source, window, image, new PixelRect(0, 0, Width, Height));

        using var columns = Axis(window.XQ32, window.WidthQ32, Width);
        using var rows = Axis(window.YQ32, window.HeightQ32, Height);
        using var standIn = new StandInDriver(new PtxProcessor());
        using var rig = new Rig(standIn.Driver, GpuKernels.Ptx());
        var from = Upload(rig, source.Y, source.StrideY, source.Height).Plane<byte>(source.StrideY, source.Width, source.Height);
        var between = rig.Upload<byte>(new byte[source.Width * Height]).Plane<byte>(source.Width, source.Width, Height);
        var target = rig.Upload<byte>(new byte[Width * Height]);
        var (tapsY, weightsY) = ResampleChecks.Tables(rig, rows);
        var (tapsX, weightsX) = ResampleChecks.Tables(rig, columns);
        rig.Kernels.MixRows(rig.Stream, from, source.Height, tapsY, weightsY, between, source.Width, Height, isMask: false);
        rig.Kernels.Gather(rig.Stream, between, source.Width, tapsX, weightsX, target.Plane<byte>(Width, Width, Height), Width, Height, isMask: false);
        AssertSame(rig, target, Width, Height, image.RowY);
    }

    // Output i sits at i + 1/2, source pixel k at k + 1/2, both from the outer corner: as FrameSampler has it.
    private static ResampleAxis Axis(long firstQ32, long sizeQ32, int outputs)
    {
        var axis = new ResampleAxis(outputs);
        axis.Prepare(firstQ32 + (sizeQ32 / outputs >> 1) - (1L << 31), sizeQ32 / outputs, outputs);
        return axis;
    }

    private static CudaBuffer Upload(Rig rig, byte* plane, int stride, int rows = Height) => rig.Upload(new ReadOnlySpan<byte>(plane, stride * rows));

    private delegate Span<byte> RowOf(int y);

    private static void AssertSame(Rig rig, CudaBuffer actual, int stride, int rows, RowOf expected)
    {
        var bytes = new byte[actual.Bytes];
        actual.Download<byte>(bytes, rig.Stream);
        for (var y = 0; y < rows; y++)
        {
            var row = expected(y);
            Assert.Equal(row.ToArray(), bytes.AsSpan(y * stride, row.Length).ToArray());
        }
    }
}
