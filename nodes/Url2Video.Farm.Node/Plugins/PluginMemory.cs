using System.Globalization;
using System.IO.MemoryMappedFiles;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using Url2Video.Farm.Core;

namespace Url2Video.Farm.Node.Plugins;

/// <summary>
/// A file of memory that a plugin maps as well, so that pictures need no pipe. It is sealed before anybody else has it: its size stays as it is, or a plugin
/// that made it smaller would end the worker at the next byte (SIGBUS). What lies in it may change at any moment: it is copied out once, and only the copy is
/// looked at. Gone when both sides have let go of it.
/// </summary>
internal sealed class PluginMemory : IDisposable
{
    private const uint CloseOnExec = 1, AllowSealing = 2;
    private const int AddSeals = 1033;
    private const int Seals = 1 | 2 | 4; // No more seals, no shrinking, no growing.

    /// <summary>The number under which a plugin finds its memory open: the last that it may have, so that nothing else has it.</summary>
    public const int NumberInPlugin = Limits.PluginFilesOpenMax - 1;

    private readonly SafeFileHandle _file;
    private readonly MemoryMappedFile _mapping;
    private readonly MemoryMappedViewStream _view;

    private PluginMemory(SafeFileHandle file, MemoryMappedFile mapping, int bytes)
    {
        (_file, _mapping, Bytes) = (file, mapping, bytes);
        _view = mapping.CreateViewStream(0, bytes, MemoryMappedFileAccess.ReadWrite);
    }

    public int Bytes { get; }

    /// <summary>Where a process of the same user that this one starts finds it.</summary>
    public string Path => string.Create(CultureInfo.InvariantCulture, $"/proc/{Environment.ProcessId}/fd/{(int)_file.DangerousGetHandle()}");

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

    /// <summary>
    /// Opens the memory of another process for good, under <see cref="NumberInPlugin"/>. Called by what becomes the plugin: the file is closed on exec wherever else it
    /// is open, so no process that happens to be started at the same moment gets it.
    /// </summary>
    /// <param name="path">The <see cref="Path"/> that the other process told.</param>
    /// <returns>False: the system does not allow it, or the other process is gone.</returns>
    public static bool TryTake(string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
            return dup2((int)file.SafeFileHandle.DangerousGetHandle(), NumberInPlugin) == NumberInPlugin;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return false;
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
    private static extern int dup2(int from, int to);

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int memfd_create([MarshalAs(UnmanagedType.LPUTF8Str)] string name, uint flags);

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int fcntl(int file, int command, int argument);
}
