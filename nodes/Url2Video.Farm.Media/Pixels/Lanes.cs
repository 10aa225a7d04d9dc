using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Url2Video.Farm.Media.Pixels;

/// <summary>How a kernel is executed. All three give the same bits; the scalar one is the oracle of the others.</summary>
internal enum Lanes
{
    Scalar,
    V128,
    V256,
}

internal static class LanesOfCpu
{
    /// <summary>The widest execution this processor runs well.</summary>
    public static Lanes Best =>
        Avx2.IsSupported ? Lanes.V256 : Vector128.IsHardwareAccelerated ? Lanes.V128 : Lanes.Scalar;
}
