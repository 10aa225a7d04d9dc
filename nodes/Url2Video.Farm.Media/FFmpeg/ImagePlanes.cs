using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Media.FFmpeg;

/// <summary>The planes of one of our pictures in the arrays of four that swscale takes. On the stack; keep the picture alive.</summary>
internal unsafe ref struct ImagePlanes
{
    private Pointers4 _pointers;
    private Strides4 _strides;

    internal ImagePlanes(YuvImage image)
    {
        (_pointers[0], _pointers[1], _pointers[2]) = ((nint)image.Y, (nint)image.U, (nint)image.V);
        (_strides[0], _strides[1], _strides[2]) = (image.StrideY, image.StrideC, image.StrideC);
    }

    [UnscopedRef]
    internal byte** Pointers => (byte**)Unsafe.AsPointer(ref _pointers);

    [UnscopedRef]
    internal int* Strides => (int*)Unsafe.AsPointer(ref _strides);

    [InlineArray(4)]
    private struct Pointers4
    {
        private nint _first;
    }

    [InlineArray(4)]
    private struct Strides4
    {
        private int _first;
    }
}
