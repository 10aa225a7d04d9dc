using System.IO.MemoryMappedFiles;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Url2Video.Farm.Node.Plugins;

/// <summary>
/// A file of memory that a plugin maps as well, so that pictures need no pipe. It is sealed before anybody else has it: its size stays as it is, or a plugin
/// that made it smaller would end the worker at the next byte (SIGBUS). What lies in it may change at any moment: it is copied out once, and only the copy is
/// looked at. Gone when both sides have let go of it.
/// </summary>
internal sealed class PluginMemory : IDisposable
{
    private const uint CloseOnExec = 1, AllowSealing = 2;
    private const int SetDescriptorFlags = 2, AddSeals = 1033, DescriptorCloseOnExec = 1;
    private const int Seals = 1 | 2 | 4; // No more seals, no shrinking, no growing.

    /// <summary>Only one process at a time is started with a file left open for it, so that no other gets it too.</summary>
    private static readonly Lock s_starting = new();

    private readonly SafeFileHandle _file;
    private readonly MemoryMappedFile _mapping;
    private readonly MemoryMappedViewStream _view;

    private PluginMemory(SafeFileHandle file, MemoryMappedFile mapping, int bytes)
    {
        (_file, _mapping, Bytes) = (file, mapping, bytes);
        _view = mapping.CreateViewStream(0, bytes, MemoryMappedFileAccess.ReadWrite);
    }

    public int Bytes { get; }

    /// <summary>The number under which the plugin finds it open.</summary>
    public int Number => (int)_file.DangerousGetHandle();

    /// <summary>Null where the system has none: then pictures go through the pipe.</summary>
    public static PluginMemory? TryCreate(int bytes)
    {
        if (!OperatingSystem.IsLinux() || memfd_create("url2video-plugin", CloseOnExec | AllowSealing) is not (>= 0 and var number))
        {
            return null;
        }

        var file = new SafeFileHandle(number, ownsHandle: true);
        try
        {
            RandomAccess.SetLength(file, bytes);
            if (fcntl(number, AddSeals, Seals) != 0)
            {
                file.Dispose();
                return null;
            }

            return new PluginMemory(file, MemoryMappedFile.CreateFromFile(file, null, bytes, MemoryMappedFileAccess.ReadWrite, HandleInheritability.None, leaveOpen: true), bytes);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or OutOfMemoryException)
        {
            file.Dispose();
            return null;
        }
    }

    /// <summary>Starts a process that has the file open.</summary>
    public static T Start<T>(PluginMemory? memory, Func<T> start)
    {
        lock (s_starting)
        {
            if (memory is null)
            {
                return start();
            }

            _ = fcntl(memory.Number, SetDescriptorFlags, 0);
            try
            {
                return start();
            }
            finally
            {
                _ = fcntl(memory.Number, SetDescriptorFlags, DescriptorCloseOnExec);
            }
        }
    }

    /// <summary>From the first byte on.</summary>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        _view.Position = 0;
        _view.Write(bytes);
    }

    /// <inheritdoc cref="Write"/>
    public void Read(Span<byte> bytes)
    {
        _view.Position = 0;
        _view.ReadExactly(bytes);
    }

    public void Dispose()
    {
        _view.Dispose();
        _mapping.Dispose();
        _file.Dispose();
    }

    // DllImport on purpose: see LibC of the Cluster room.
    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int memfd_create([MarshalAs(UnmanagedType.LPUTF8Str)] string name, uint flags);

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int fcntl(int file, int command, int argument);
}
