using System.Diagnostics;

namespace Url2Video.Farm.EndToEnd.Tests.Support;

/// <summary>A tmpfs of a given size, for what happens when a disk is full or cannot be written.</summary>
internal sealed class SmallDisk : IDisposable
{
    private SmallDisk(string path) => Path = path;

    public string Path { get; }

    /// <summary>Null where mounting is not allowed.</summary>
    public static SmallDisk? TryMount(string path, string options)
    {
        Directory.CreateDirectory(path);
        return Run("mount", "-t", "tmpfs", "-o", options, "tmpfs", path) == 0 ? new SmallDisk(path) : null;
    }

    public void Dispose() => Run("umount", "-l", Path);

    private static int Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true });
        process!.WaitForExit();
        return process.ExitCode;
    }
}

/// <summary>A test that mounts: skipped, with the reason, where that is not allowed.</summary>
internal sealed class MountFactAttribute : FactAttribute
{
    private static readonly bool CanMount = Probe();

    public MountFactAttribute()
    {
        if (!CanMount)
        {
            Skip = "mounting a tmpfs is not allowed here";
        }
    }

    private static bool Probe()
    {
        try
        {
            var path = Directory.CreateTempSubdirectory("u2v-mount-").FullName;
            using (var disk = SmallDisk.TryMount(path, "size=1m"))
            {
                return disk is not null;
            }
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
