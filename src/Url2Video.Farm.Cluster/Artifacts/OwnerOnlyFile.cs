namespace Url2Video.Farm.Cluster.Artifacts;

/// <summary>Files that hold secrets: nobody but their owner may read them, from the first byte on.</summary>
internal static class OwnerOnlyFile
{
    /// <summary>How to make one.</summary>
    public static FileStreamOptions Options(FileMode mode)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.Write, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return options;
    }

    /// <summary>Replaces the file as a whole and durably: a reader sees the old one or the new one, also after a power cut.</summary>
    /// <param name="path">In a folder that exists.</param>
    public static void Replace(string path, ReadOnlySpan<byte> bytes)
    {
        var temporary = path + ".tmp";
        File.Delete(temporary); // What a killed process left may have another mode.
        using (var file = new FileStream(temporary, Options(FileMode.CreateNew)))
        {
            file.Write(bytes);
            file.Flush(flushToDisk: true);
        }

        File.Move(temporary, path, overwrite: true);
        LibC.FlushDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
    }
}
