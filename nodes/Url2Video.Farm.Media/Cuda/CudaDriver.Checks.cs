using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace Url2Video.Farm.Media.Cuda;

internal sealed unsafe partial class CudaDriver
{
    /// <summary>The machine's own driver.</summary>
    /// <exception cref="CudaException">NoDriver.</exception>
    public static CudaDriver OfMachine => s_ofMachine.Value
        ?? throw new CudaException(CudaErrorKind.NoDriver, "This machine has no CUDA driver (libcuda.so.1). Install NVIDIA's driver, or work without a GPU.");

    /// <summary>The one place where a result of the driver becomes an exception.</summary>
    /// <exception cref="CudaException">Anything but success; the message names the failing call and has the driver's words.</exception>
    public void Check(CudaResult result, [CallerArgumentExpression(nameof(result))] string call = "")
    {
        if (result != CudaResult.Success)
        {
            throw new CudaException(result, NameOf(call), Describe(result));
        }
    }

    private static CudaDriver? Load()
    {
        // The unversioned name belongs to the toolkit; a machine that only runs things has this one.
        var library = Native.NativeLibraries.LoadFirst("libcuda.so.1", "nvcuda.dll");
        return library == 0 ? null : new CudaDriver(name => NativeLibrary.TryGetExport(library, name, out var address) ? address : 0);
    }

    private static string NameOf(string call)
    {
        var end = call.IndexOf('(', StringComparison.Ordinal);
        var name = end < 0 ? call : call[..end];
        return name[(name.LastIndexOf('.') + 1)..];
    }

    private string Describe(CudaResult result)
    {
        byte* name = null, text = null;
        return cuGetErrorName(result, &name) == CudaResult.Success && cuGetErrorString(result, &text) == CudaResult.Success
            ? $"{TextAt(name)}, {TextAt(text)}"
            : "an error that the driver has no name for";
    }

    private static string TextAt(byte* text) => Encoding.UTF8.GetString(MemoryMarshal.CreateReadOnlySpanFromNullTerminated(text));
}
