using System.Runtime.InteropServices;
using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Media.FFmpeg;

/// <summary>Moves planes between our pictures and AVFrames of the same size and format.</summary>
internal static unsafe class PlaneCopy
{
    /// <summary>Copies all three planes into a frame that owns writable memory.</summary>
    internal static void ToFrame(YuvImage source, AvFrame target)
    {
        var planes = target.Planes;
        var strides = target.Strides;
        Copy(source.Y, source.StrideY, planes[0], strides[0], source.Width, source.Height);
        Copy(source.U, source.StrideC, planes[1], strides[1], source.Width / 2, source.Height / 2);
        Copy(source.V, source.StrideC, planes[2], strides[2], source.Width / 2, source.Height / 2);
    }

    internal static void Copy(byte* source, int sourceStride, byte* target, int targetStride, int rowBytes, int rows)
    {
        if (sourceStride == targetStride && sourceStride > 0)
        {
            // Whole rows but for the last, whose padding need not be there.
            NativeMemory.Copy(source, target, (nuint)sourceStride * (nuint)(rows - 1) + (nuint)rowBytes);
            return;
        }

        for (var row = 0; row < rows; row++)
        {
            NativeMemory.Copy(source + (nint)sourceStride * row, target + (nint)targetStride * row, (nuint)rowBytes);
        }
    }
}
