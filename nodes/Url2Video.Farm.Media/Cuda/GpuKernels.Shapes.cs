using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Media.Cuda;

/// <summary>A part of a plane that a shape is painted on.</summary>
/// <param name="Plane">Begins with the part's first sample.</param>
/// <param name="Area">Of samples, counted from the plane's own first.</param>
/// <param name="Footprint">Side of a sample in luma pixels: 1 for luma, 2 for chroma.</param>
internal readonly record struct DeviceCanvas(DevicePlane Plane, PixelRect Area, int Footprint)
{
    public KernelArgument Samples => new(Plane.Address, Plane.Stride, Footprint);

    public KernelArgument Corner => new(Area.X, Area.Y, Area.Width, Area.Height);
}

internal sealed partial class GpuKernels
{
    /// <inheritdoc cref="DiscShape"/>
    public void Paint(CudaStream stream, in DeviceCanvas canvas, in DiscShape disc, byte colour, int alpha) =>
        LaunchShape(
            "paint_disc", stream, canvas, canvas.Samples, canvas.Corner, disc.X, disc.Y, disc.Radius, disc.Hole, (int)colour, alpha);

    /// <inheritdoc cref="GlowShape"/>
    public void Paint(CudaStream stream, in DeviceCanvas canvas, in GlowShape glow, byte colour, int alpha) =>
        LaunchShape("paint_glow", stream, canvas, canvas.Samples, canvas.Corner, glow.X, glow.Y, glow.Radius, (int)colour, alpha);

    /// <inheritdoc cref="QuadShape"/>
    public void Paint(CudaStream stream, in DeviceCanvas canvas, in QuadShape quad, byte colour, int alpha)
    {
        Span<(int X, int Y, int NormalX, int NormalY)> lines = stackalloc (int, int, int, int)[4];
        quad.CopyLines(lines);
        LaunchShape(
            "paint_quad", stream, canvas, canvas.Samples, canvas.Corner, Line(lines[0]), Line(lines[1]), Line(lines[2]), Line(lines[3]), (int)colour, alpha);
    }

    private static KernelArgument Line((int X, int Y, int NormalX, int NormalY) line) => new(line.X, line.Y, line.NormalX, line.NormalY);

    // A thread makes one sample: shapes are small, and most of their samples are edge.
    private void LaunchShape(string name, CudaStream stream, in DeviceCanvas canvas, params ReadOnlySpan<KernelArgument> arguments) =>
        _kernels[name].Launch(stream, canvas.Area.Width, canvas.Area.Height, arguments);
}
