using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Media.Cuda;

/// <summary>What a row of <see cref="GpuKernels.Finish"/> has for itself.</summary>
/// <param name="Down">Squared distance from the middle, 0..32767.</param>
/// <param name="Grain">Where in the strip of noise the row begins.</param>
internal readonly record struct FinishRow(int Down, int Grain);

internal sealed partial class GpuKernels
{
    /// <inheritdoc cref="RowKernels.Affine"/>
    public void Affine(CudaStream stream, DevicePlane a, DevicePlane b, DevicePlane c, DevicePlane target, int width, int height, in AffineRow row) =>
        Launch("affine", stream, width, height, a, b, c, target, width, height, (int)row.A, (int)row.B, (int)row.C, (int)row.Bias, (int)row.Low, (int)row.High);

    /// <inheritdoc cref="RowKernels.Lut"/>
    public void Lut(CudaStream stream, DevicePlane y, DevicePlane u, DevicePlane v, DevicePlane table, DevicePlane target, int width, int height, byte low, byte high) =>
        Launch("lut", stream, width, height, y, u, v, table, target, width, height, (int)low, (int)high);

    /// <summary>As <see cref="RowKernels.Finish"/>, row y with the dither of row y.</summary>
    /// <param name="across">Squared distance of each column, 16-bit numbers.</param>
    /// <param name="rows">One <see cref="FinishRow"/> a row.</param>
    public void Finish(
        CudaStream stream, DevicePlane row, DevicePlane across, DevicePlane noise, DevicePlane rows, int width, int height, int zero, int strength, int amount,
        byte low, byte high) =>
        Launch("finish", stream, width, height, row, across, noise, rows, width, height, zero, strength, amount, (int)low, (int)high);

    /// <summary>As <see cref="RowKernels.BlurColumns"/> over a whole plane, its edge repeated. Not in place.</summary>
    public void BlurColumns(CudaStream stream, DevicePlane source, DevicePlane target, int width, int height, int radius)
    {
        var (half, reciprocal) = SoftBlur.Mean(radius);
        _kernels["blur_columns"].Launch(stream, width, Stretches(height), source, target, width, height, radius, (int)half, (int)reciprocal);
    }

    /// <summary>As <see cref="SoftBlur.Line"/> on every row. Not in place.</summary>
    public void BlurRows(CudaStream stream, DevicePlane source, DevicePlane target, int width, int height, int radius)
    {
        var (half, reciprocal) = SoftBlur.Mean(radius);
        _kernels["blur_rows"].Launch(stream, Stretches(width), height, source, target, width, height, radius, (int)half, (int)reciprocal);
    }

    /// <inheritdoc cref="RowKernels.Double"/>
    public void Double(CudaStream stream, DevicePlane chroma, DevicePlane target, int width, int height) =>
        Launch("double_columns", stream, width, height, chroma, target, width, height);

    /// <inheritdoc cref="RowKernels.LumaAtChroma"/>
    public void LumaAtChroma(CudaStream stream, DevicePlane upper, DevicePlane lower, DevicePlane target, int width, int height) =>
        Launch("luma_at_chroma", stream, width, height, upper, lower, target, width, height);

    // A thread slides its window over sixteen outputs.
    private static int Stretches(int outputs) => (outputs + 15) / 16;
}
