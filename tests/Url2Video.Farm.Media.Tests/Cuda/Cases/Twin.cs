using System.Globalization;
using Url2Video.Farm.Media.Cuda;

namespace Url2Video.Farm.Media.Tests.Cuda.Cases;

/// <summary>
/// Rows that lie on the host, where the oracle works on them, and on the GPU, where the kernel does. They begin anywhere, on a word's boundary
/// or not, and the GPU's buffer ends with the last of them: who reads or writes beside them is found out.
/// </summary>
internal sealed unsafe class Twin<T> where T : unmanaged, IEquatable<T>
{
    private readonly Rig _rig;
    private readonly T[] _host;
    private readonly CudaBuffer _buffer;
    private readonly int _first;

    public Twin(Rig rig, Random random, int width, int rows, Func<Random, T> value)
    {
        (_rig, Width, Rows) = (rig, width, rows);
        var isOnWords = random.Next(2) == 0;
        (_first, Stride) = isOnWords ? (4 * random.Next(3), (width + 3) / 4 * 4) : (random.Next(8), width + random.Next(6));
        _host = GC.AllocateUninitializedArray<T>(_first + (Stride * (rows - 1)) + width, pinned: true);
        for (var i = 0; i < _host.Length; i++)
        {
            _host[i] = value(random);
        }

        _buffer = rig.Upload<T>(_host);
        Device = _buffer.Plane<T>(Stride, width, rows, _first);
    }

    public int Width { get; }

    public int Rows { get; }

    public int Stride { get; }

    /// <summary>For kernels.</summary>
    public DevicePlane Device { get; }

    /// <summary>For the oracle.</summary>
    public T* At(int row)
    {
        fixed (T* first = _host)
        {
            return first + _first + ((long)Stride * row); // Pinned from birth.
        }
    }

    public Span<T> Row(int row) => new(At(row), Width);

    /// <summary>Where the two differ, beside the rows too; null when they are the same.</summary>
    public string? Difference()
    {
        var actual = new T[_host.Length];
        _buffer.Download<T>(actual, _rig.Stream);
        var at = actual.AsSpan().CommonPrefixLength(_host);
        return at == actual.Length
            ? null
            : string.Create(CultureInfo.InvariantCulture, $"row {(at - _first) / Stride}, column {(at - _first) % Stride}: {actual[at]}, and the oracle has {_host[at]}");
    }
}
