using System.Runtime.InteropServices;

namespace Url2Video.Farm.Media.Cuda;

/// <summary>Rows on a GPU as kernels take them.</summary>
/// <param name="Stride">From one row to the next, in bytes or, for rows of numbers, in numbers.</param>
internal readonly record struct DevicePlane(ulong Address, int Stride);

/// <summary>
/// One argument of a kernel: a number, an address, or 16 bytes that are passed by value. The driver copies as many of them as the kernel's own
/// signature says.
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = 16)]
internal readonly struct KernelArgument
{
    [FieldOffset(0)] private readonly int _a;
    [FieldOffset(4)] private readonly int _b;
    [FieldOffset(8)] private readonly int _c;
    [FieldOffset(12)] private readonly int _d;
    [FieldOffset(0)] private readonly ulong _address;

    /// <summary>Four numbers by value.</summary>
    public KernelArgument(int a, int b, int c, int d) => (_a, _b, _c, _d) = (a, b, c, d);

    /// <summary>An address, then two numbers.</summary>
    public KernelArgument(ulong address, int c, int d) => (_address, _c, _d) = (address, c, d);

    public static implicit operator KernelArgument(int value) => new(value, 0, 0, 0);

    public static implicit operator KernelArgument(bool value) => new(value ? 1 : 0, 0, 0, 0);

    /// <summary>A plane by value; a kernel that takes a pointer reads the address alone.</summary>
    public static implicit operator KernelArgument(DevicePlane plane) => new(plane.Address, plane.Stride, 0);
}
