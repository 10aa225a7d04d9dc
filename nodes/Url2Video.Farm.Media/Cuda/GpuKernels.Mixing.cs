using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Media.Cuda;

internal sealed partial class GpuKernels
{
    /// <inheritdoc cref="RowKernels.CrossFade"/>
    public void CrossFade(CudaStream stream, DevicePlane a, DevicePlane b, DevicePlane target, int width, int height, int weight) =>
        Launch("cross_fade", stream, width, height, a, b, target, width, height, weight);

    /// <inheritdoc cref="RowKernels.MixByField"/>
    public void MixByField(
        CudaStream stream, DevicePlane a, DevicePlane b, DevicePlane field, DevicePlane target, int width, int height, int edge, int softBits) =>
        Launch("mix_by_field", stream, width, height, a, b, field, target, width, height, edge, softBits);

    /// <inheritdoc cref="RowKernels.Paint"/>
    public void Paint(CudaStream stream, DevicePlane row, DevicePlane mask, int width, int height, byte colour, int alpha) =>
        Launch("paint", stream, width, height, row, mask, width, height, colour, alpha);

    /// <inheritdoc cref="RowKernels.Lay"/>
    public void Lay(CudaStream stream, DevicePlane row, DevicePlane layer, DevicePlane mask, int width, int height, int alpha) =>
        Launch("lay", stream, width, height, row, layer, mask, width, height, alpha);

    /// <inheritdoc cref="RowKernels.Over"/>
    public void Over(CudaStream stream, DevicePlane row, DevicePlane layer, DevicePlane opacity, int width, int height, int alpha) =>
        Launch("over", stream, width, height, row, layer, opacity, width, height, alpha);

    /// <summary>Takes from a mask what an edge hides, as <see cref="MaskSampler"/> does.</summary>
    /// <param name="left">The sample of the frame at which the mask begins.</param>
    /// <param name="pixelsPerSample">1 for luma, 2 for chroma.</param>
    public void Wipe(CudaStream stream, DevicePlane mask, int width, int height, WipeEdge edge, int left, int pixelsPerSample) =>
        Launch("wipe", stream, width, height, mask, width, height, edge.EdgeQ8, edge.Feather, edge.IsFromRight, left, pixelsPerSample);

    /// <inheritdoc cref="RowKernels.Blend"/>
    public void Blend(CudaStream stream, DevicePlane below, DevicePlane layer, DevicePlane target, int width, int height, BlendMode mode, int alpha) =>
        Launch("blend", stream, width, height, below, layer, target, width, height, (int)mode, alpha);
}
