using System.Runtime.InteropServices;
using System.Text;

namespace Url2Video.Farm.Media.Cuda;

/// <summary>Compiled kernels in a context.</summary>
internal sealed unsafe class CudaModule : CudaHandle
{
    private const int ErrorLog = 5;
    private const int ErrorLogBytes = 6;
    private const int LogBytesMax = 4096;

    private CudaModule(CudaContext context, nint module) : base(context, context, module)
    {
    }

    /// <param name="ptx">The text that the driver compiles for its GPU.</param>
    /// <exception cref="CudaException">The driver cannot compile it; the message has the compiler's words.</exception>
    public static CudaModule Load(CudaContext context, string ptx)
    {
        using var scope = context.Enter();
        var image = new byte[Encoding.UTF8.GetByteCount(ptx) + 1]; // The driver looks for the end of the text.
        Encoding.UTF8.GetBytes(ptx, image);
        var log = stackalloc byte[LogBytesMax];
        log[0] = 0;
        var options = stackalloc int[] { ErrorLog, ErrorLogBytes };
        var values = stackalloc void*[] { log, (void*)LogBytesMax };
        nint module;
        fixed (byte* text = image)
        {
            var result = context.Driver.cuModuleLoadDataEx(&module, text, 2, options, values);
            if (result != CudaResult.Success && log[0] != 0)
            {
                throw new CudaException(result, nameof(CudaDriver.cuModuleLoadDataEx), Words(log));
            }

            context.Driver.Check(result, nameof(CudaDriver.cuModuleLoadDataEx));
        }

        return new CudaModule(context, module);
    }

    /// <exception cref="CudaException">There is no such kernel.</exception>
    public CudaKernel Kernel(string name)
    {
        using var scope = Context.Enter();
        var bytes = new byte[Encoding.UTF8.GetByteCount(name) + 1];
        Encoding.UTF8.GetBytes(name, bytes);
        nint function;
        fixed (byte* text = bytes)
        {
            Driver.Check(Driver.cuModuleGetFunction(&function, Opened, text));
        }

        return new CudaKernel(Context, this, function, name);
    }

    protected override CudaResult Free(nint owned) => Driver.cuModuleUnload(owned);

    private static string Words(byte* log) =>
        $"the kernels cannot be compiled here: {Encoding.UTF8.GetString(MemoryMarshal.CreateReadOnlySpanFromNullTerminated(log)).Trim()}";
}
