using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Media.Cuda;

internal sealed partial class GpuKernels
{
    /// <summary>As <see cref="RowKernels.MixRows"/> for every row of the target.</summary>
    /// <param name="taps">First source row of each output, 32-bit numbers, a multiple of four of them.</param>
    /// <param name="weights">Four 16-bit weights of each output.</param>
    /// <param name="isMask">Nothing lies outside of the source; else its edge is repeated.</param>
    public void MixRows(
        CudaStream stream, DevicePlane source, int sourceHeight, DevicePlane taps, DevicePlane weights, DevicePlane target, int width, int height, bool isMask) =>
        Launch("mix_rows", stream, width, height, source, sourceHeight, taps, weights, target, width, height, isMask);

    /// <summary>As <see cref="RowKernels.Gather"/> for every row.</summary>
    /// <param name="taps">First source column of each output, counted from the source's own first.</param>
    /// <inheritdoc cref="MixRows"/>
    public void Gather(
        CudaStream stream, DevicePlane source, int sourceWidth, DevicePlane taps, DevicePlane weights, DevicePlane target, int width, int height, bool isMask) =>
        Launch("gather", stream, width, height, source, sourceWidth, taps, weights, target, width, height, isMask);

    /// <summary>As <see cref="RowKernels.Warp"/>, along the lines that <see cref="WarpSampler"/> lays between its nodes.</summary>
    /// <param name="nodes">Pairs of 32-bit numbers, one pair per 16 by 16 luma pixels.</param>
    /// <param name="columns">Nodes of a row.</param>
    public void Warp(
        CudaStream stream, DevicePlane source, int sourceWidth, int sourceHeight, DevicePlane nodes, int columns, bool isChroma, DevicePlane target, int width,
        int height) =>
        Launch("warp", stream, width, height, source, sourceWidth, sourceHeight, nodes, columns, isChroma, target, width, height);

    /// <summary>As <see cref="RowKernels.MixNodes"/> and <see cref="RowKernels.Expand"/>, row y with the dither of row y.</summary>
    /// <param name="nodes">16-bit numbers, the stride counts them.</param>
    public void Expand(CudaStream stream, DevicePlane nodes, int shift, DevicePlane target, int width, int height) =>
        Launch("expand", stream, width, height, nodes, shift, target, width, height);

    /// <summary>As <see cref="RowKernels.MixNodes"/> and <see cref="RowKernels.ExpandThrough"/>.</summary>
    public void ExpandThrough(CudaStream stream, DevicePlane nodes, int shift, DevicePlane mask, DevicePlane row, int width, int height) =>
        Launch("expand_through", stream, width, height, nodes, shift, mask, row, width, height);

    /// <summary>As <see cref="RowKernels.MixNodes"/>, <see cref="RowKernels.Between"/> and <see cref="RowKernels.Gain"/>.</summary>
    /// <param name="nodes">Gains, 16-bit numbers, one per 2^shift by 2^shift pixels.</param>
    public void Light(CudaStream stream, DevicePlane nodes, int shift, DevicePlane row, int width, int height) =>
        Launch("light", stream, width, height, nodes, shift, row, width, height);

    /// <summary>As <see cref="RowKernels.MixNodes"/> and <see cref="RowKernels.LightPair"/>.</summary>
    /// <param name="nodes">Gains, 16-bit numbers, one per 8 by 8 pixels: those of R, of G and of B below each other.</param>
    /// <param name="nodeRows">Of each of the three.</param>
    /// <param name="matrix"><see cref="LightMatrix"/>.</param>
    /// <param name="width">Even; <paramref name="height"/> counts rows of colour.</param>
    public void LightPair(
        CudaStream stream, DevicePlane nodes, int nodeRows, DevicePlane matrix, DevicePlane luma, DevicePlane u, DevicePlane v, int width, int height) =>
        Launch("light_pair", stream, width, height, nodes, nodeRows, matrix, luma, u, v, width, height);

    /// <summary>The rows of <see cref="RgbRows"/> as the kernel reads them: to R, G, B, then to Y, U, V; six numbers each.</summary>
    public static short[] LightMatrix { get; } =
    [
        .. new[] { RgbRows.ToR, RgbRows.ToG, RgbRows.ToB, RgbRows.OfY, RgbRows.OfU, RgbRows.OfV }
            .SelectMany(r => (short[])[r.A, r.B, r.C, r.Bias, r.Low, r.High]),
    ];

    /// <summary>As <see cref="RowKernels.Offsets"/> across and down, then <see cref="RowKernels.Displace"/>.</summary>
    /// <param name="mask">16-bit numbers of the target's size.</param>
    /// <param name="alongX">What differs along a row, 32-bit numbers; likewise y.</param>
    /// <param name="rows">Two 32-bit numbers a row: how far all of it moves across and down.</param>
    /// <param name="left">Where the target lies in the source; likewise top.</param>
    public void Displace(
        CudaStream stream, DevicePlane source, int sourceWidth, int sourceHeight, DevicePlane mask, DevicePlane alongX, DevicePlane alongY, DevicePlane rows,
        DevicePlane target, int width, int height, int left, int top) =>
        Launch("displace", stream, width, height, source, sourceWidth, sourceHeight, mask, alongX, alongY, rows, target, width, height, left, top);
}
