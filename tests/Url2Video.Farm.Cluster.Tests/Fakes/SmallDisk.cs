using System.Diagnostics;

namespace Url2Video.Farm.Cluster.Tests.Fakes;

/// <summary>Skips a test, visibly, where no small disk can be mounted (needs Linux and root).</summary>
public sealed class SmallDiskFactAttribute : FactAttribute
{
    public SmallDiskFactAttribute()
    {
        using var folder = new TemporaryFolder();
        try
        {
            using var disk = new SmallDisk(folder.Root, "64k");
        }
        catch (Exception fault) when (fault is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            Skip = "No disk can be mounted here: " + fault.Message;
        }
    }
}

/// <summary>A tmpfs of a chosen size.</summary>
public sealed class SmallDisk : IDisposable
{
    private readonly string _path;

    public SmallDisk(string path, string size)
    {
        _path = path;
        Run("mount", "-t", "tmpfs", "-o", $"size={size}", "tmpfs", path);
    }

    public void Resize(string size) => Run("mount", "-o", $"remount,size={size}", _path);

    public void MakeReadOnly() => Run("mount", "-o", "remount,ro", _path);

    public void Dispose() => Run("umount", "-l", _path);

    private static void Run(string command, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(command, arguments) { RedirectStandardError = true })!;
        var said = process.StandardError.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException(said.Trim());
        }
    }
}
