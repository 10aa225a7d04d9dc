namespace Url2Video.Farm.Media.Cuda;

/// <summary>One function of a module, which it holds open.</summary>
internal sealed unsafe class CudaKernel : CudaHandle
{
    /// <summary>Threads of a block: a warp along a row, eight rows.</summary>
    public const int BlockWidth = 32;

    /// <inheritdoc cref="BlockWidth"/>
    public const int BlockHeight = 8;

    private const int ArgumentsMax = 16;
    private readonly string _call;

    internal CudaKernel(CudaContext context, CudaModule module, nint function, string name) : base(context, module, function) =>
        (Name, _call) = (name, $"{nameof(CudaDriver.cuLaunchKernel)} of {name}");

    public string Name { get; }

    /// <summary>Gives the kernel to a stream, in at least as many threads as are asked for.</summary>
    public void Launch(CudaStream stream, int threadsX, int threadsY, params ReadOnlySpan<KernelArgument> arguments)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(threadsX);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(threadsY);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(arguments.Length, ArgumentsMax, nameof(arguments));
        var pointers = stackalloc void*[ArgumentsMax];
        fixed (KernelArgument* values = arguments)
        {
            for (var i = 0; i < arguments.Length; i++)
            {
                pointers[i] = values + i;
            }

            using var scope = Context.Enter();
            Driver.Check(
                Driver.cuLaunchKernel(
                    Opened, Blocks(threadsX, BlockWidth), Blocks(threadsY, BlockHeight), 1, BlockWidth, BlockHeight, 1, 0, stream.Opened, pointers, null),
                _call);
        }
    }

    protected override CudaResult Free(nint owned) => CudaResult.Success; // It goes with its module.

    private static uint Blocks(int threads, int each) => (uint)((threads + each - 1) / each);
}
