namespace Url2Video.Farm.Media.Cuda;

/// <summary>CUDA_MEMCPY2D_v2 of cuda.h, 128 bytes: rows from one place to another.</summary>
internal unsafe struct CudaCopy2D
{
    /// <summary>CU_MEMORYTYPE_DEVICE.</summary>
    public const int Device = 2;

    public nuint SourceX, SourceY;
    public int SourceKind;
    public void* SourceHost;
    public ulong SourceDevice;
    public nint SourceArray;
    public nuint SourcePitch;
    public nuint TargetX, TargetY;
    public int TargetKind;
    public void* TargetHost;
    public ulong TargetDevice;
    public nint TargetArray;
    public nuint TargetPitch;
    public nuint WidthBytes, Height;
}
