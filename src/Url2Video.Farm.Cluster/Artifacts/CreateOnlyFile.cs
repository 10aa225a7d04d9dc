namespace Url2Video.Farm.Cluster.Artifacts;

/// <summary>Puts a complete file under its final name: whoever sees the name sees all the bytes, before and after a crash.</summary>
internal static class CreateOnlyFile
{
    /// <summary>Moves a finished, synced temporary file to its name; if the name is taken, the present file stays.</summary>
    /// <returns>True when this call created the name.</returns>
    public static bool Publish(string temporary, string target)
    {
        var directory = Path.GetDirectoryName(target)!;
        EnsureDirectory(directory);
        if (File.Exists(target))
        {
            File.Delete(temporary);
            return false;
        }

        if (!OperatingSystem.IsWindows())
        {
            // Results are linked into the user's folder: an edit in place there must not reach the store. By handle: a confined worker may not by path.
            using var file = File.OpenHandle(temporary, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        }

        try
        {
            File.Move(temporary, target, overwrite: false);
        }
        catch (IOException) when (File.Exists(target))
        {
            File.Delete(temporary); // Another writer of the same content was quicker.
            return false;
        }

        LibC.FlushDirectory(directory);
        return true;
    }

    /// <summary>Creates a directory and makes its own name durable; parents too.</summary>
    public static void EnsureDirectory(string directory)
    {
        if (Directory.Exists(directory))
        {
            return;
        }

        var parent = Path.GetDirectoryName(directory);
        if (!string.IsNullOrEmpty(parent))
        {
            EnsureDirectory(parent);
        }

        Directory.CreateDirectory(directory);
        if (!string.IsNullOrEmpty(parent))
        {
            LibC.FlushDirectory(parent);
        }
    }
}
