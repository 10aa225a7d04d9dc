using System.Runtime.InteropServices;

namespace Url2Video.Farm.Media.Pixels;

/// <summary>
/// Where pictures, planes and fields get their memory. It is counted by thread, which is by renderer: so what a scene was reckoned to want can be
/// held against what it took.
/// </summary>
internal static unsafe class PixelMemory
{
    private const int Alignment = 64;

    [ThreadStatic]
    private static long t_held;

    [ThreadStatic]
    private static long t_peak;

    [ThreadStatic]
    private static long t_start;

    /// <summary>The most bytes that this thread held at a time since <see cref="StartPeak"/>, over what it held then.</summary>
    public static long Peak => t_peak - t_start;

    /// <summary>What this thread holds more than then.</summary>
    public static long HeldSinceStart => t_held - t_start;

    public static void StartPeak() => (t_start, t_peak) = (t_held, t_held);

    /// <returns>On a 64-byte boundary; not cleared.</returns>
    public static byte* Allocate(long bytes)
    {
        var memory = (byte*)NativeMemory.AlignedAlloc((nuint)bytes, Alignment);
        t_held += bytes;
        t_peak = Math.Max(t_peak, t_held);
        return memory;
    }

    /// <param name="memory">Null for what is free already.</param>
    public static void Free(byte* memory, long bytes)
    {
        if (memory is not null)
        {
            NativeMemory.AlignedFree(memory);
            t_held -= bytes;
        }
    }
}
