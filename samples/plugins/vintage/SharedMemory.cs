using System.IO.MemoryMappedFiles;
using Microsoft.Win32.SafeHandles;

namespace Vintage;

/// <summary>The memory that the farm shares: a file that is open already, mapped here for as long as the plugin runs.</summary>
internal sealed unsafe class SharedMemory : IDisposable
{
    private readonly SafeFileHandle _file;
    private readonly MemoryMappedFile _mapping;
    private readonly MemoryMappedViewAccessor _view;
    private readonly byte* _pixels;
    private readonly int _bytes;

    public SharedMemory(int number, int bytes)
    {
        _file = new SafeFileHandle(number, ownsHandle: true);
        _mapping = MemoryMappedFile.CreateFromFile(_file, null, bytes, MemoryMappedFileAccess.ReadWrite, HandleInheritability.None, leaveOpen: true);
        _view = _mapping.CreateViewAccessor(0, bytes, MemoryMappedFileAccess.ReadWrite);
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref _pixels);
        _bytes = bytes;
    }

    public Span<byte> Pixels => new(_pixels, _bytes);

    public void Dispose()
    {
        _view.SafeMemoryMappedViewHandle.ReleasePointer();
        _view.Dispose();
        _mapping.Dispose();
        _file.Dispose();
    }
}
