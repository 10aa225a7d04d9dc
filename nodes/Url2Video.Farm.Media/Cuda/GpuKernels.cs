using System.Reflection;

namespace Url2Video.Farm.Media.Cuda;

/// <summary>
/// The kernels of Kernels/pixels.cu on one GPU: what RowKernels does to a row, done to whole planes, the same bits. Every method only gives the
/// work to a stream; buffers must live until the stream has done it.
/// </summary>
internal sealed partial class GpuKernels : IDisposable
{
    private const string Resource = "pixels.ptx";
    private readonly CudaModule _module;
    private readonly Dictionary<string, CudaKernel> _kernels = new(StringComparer.Ordinal);

    /// <exception cref="CudaException">The driver cannot compile the kernels for its GPU.</exception>
    public GpuKernels(CudaContext context)
        : this(context, Ptx())
    {
    }

    internal GpuKernels(CudaContext context, string ptx)
    {
        _module = CudaModule.Load(context, ptx);
        try
        {
            foreach (var name in Names)
            {
                _kernels.Add(name, _module.Kernel(name));
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>As they are called in the module.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        "affine", "blend", "blur_columns", "blur_rows", "cross_fade", "displace", "double_columns", "expand", "expand_through", "finish", "gather", "lay",
        "light", "light_pair", "luma_at_chroma", "lut", "mix_by_field", "mix_rows", "over", "paint", "paint_disc", "paint_glow", "paint_quad", "warp", "wipe",
    ];

    /// <summary>The text of the compiled kernels, as it lies in this assembly.</summary>
    public static string Ptx()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(Resource) ?? throw new InvalidOperationException($"{Resource} is not embedded.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    public void Dispose()
    {
        foreach (var kernel in _kernels.Values)
        {
            kernel.Dispose();
        }

        _module.Dispose();
    }

    // A thread makes four neighbouring pixels.
    private void Launch(string name, CudaStream stream, int width, int height, params ReadOnlySpan<KernelArgument> arguments) =>
        _kernels[name].Launch(stream, (width + 3) / 4, height, arguments);
}
