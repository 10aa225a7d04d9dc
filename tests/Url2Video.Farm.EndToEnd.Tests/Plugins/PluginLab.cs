using System.Diagnostics;
using Url2Video.Farm.Media.Composition;
using Url2Video.Farm.Node.Plugins;

namespace Url2Video.Farm.EndToEnd.Tests.Plugins;

/// <summary>Folders of plugins for one test class: the sample, built once, and bad ones that are scripts.</summary>
public sealed class PluginLab : IDisposable
{
    /// <summary>What a script must say to be taken for ready as "bad" 1.0: head and body of the message.</summary>
    public const string Ready = """printf 'U2VP\x02\x00\x00\x00\x0c\x00\x00\x00\x01\x00\x00\x00\x03bad\x031.0'""";

    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("u2v-plugins-");
    private int _number;

    private readonly Lazy<PluginFolder> _vintage;

    public PluginLab() => _vintage = new(() => BuildSample());

    public string Folder => _root.FullName;

    internal PluginFolder Vintage => _vintage.Value;

    /// <summary>This program, as workers know it.</summary>
    internal static string[] Program => ["dotnet", Path.Combine(AppContext.BaseDirectory, "url2video.dll")];

    /// <summary>A plugin whose entry is a script of bash, without any program beside its own words.</summary>
    internal PluginFolder Script(string body, string permissions = "[]", int protocol = 1)
    {
        var folder = _root.CreateSubdirectory($"bad-{++_number}");
        var entry = Path.Combine(folder.FullName, "run");
        File.WriteAllText(entry, "#!/bin/bash\n" + body + "\n");
        Assert.False(OperatingSystem.IsWindows(), "plugins are for Linux");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(entry, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
        }

        File.WriteAllText(Path.Combine(folder.FullName, "plugin.json"), $$"""
            { "schema": "url2video.plugin/1", "id": "bad", "version": "1.0", "kind": "frameEffect", "protocol": {{protocol}}, "entry": "run", "permissions": {{permissions}}, "files": [] }
            """);
        return PluginSeal.Write(folder.FullName);
    }

    /// <summary>A plugin that is a script of perl, which has names for what bash has none; without quotes of the single kind.</summary>
    internal PluginFolder Perl(string body, string permissions = "[]", int protocol = 1) => Script($"exec /usr/bin/perl -e '{body}'", permissions, protocol);

    internal static PluginShelf ShelfOf(PluginFolder plugin) => PluginShelf.Of(plugin, Program);

    internal static FilterUse Use(PluginFolder plugin, params (string Name, int Value)[] values) =>
        new(plugin.Manifest.Id, plugin.Manifest.Sha256, "opening", [.. values], 7);

    public void Dispose() => _root.Delete(recursive: true);

    private PluginFolder BuildSample()
    {
        var (source, target) = (_root.CreateSubdirectory("source"), Path.Combine(_root.CreateSubdirectory("built").FullName, "vintage"));
        foreach (var file in Directory.EnumerateFiles(Path.Combine(RepositoryRoot(), "samples", "plugins", "vintage")))
        {
            File.Copy(file, Path.Combine(source.FullName, Path.GetFileName(file)));
        }

        var start = new ProcessStartInfo("dotnet", ["build", "-c", "Release", "-o", target, "-v", "quiet"]) { WorkingDirectory = source.FullName, RedirectStandardOutput = true };
        using var build = Process.Start(start)!;
        var said = build.StandardOutput.ReadToEnd();
        build.WaitForExit();
        Assert.True(build.ExitCode == 0, said);
        return PluginSeal.Write(target);
    }

    private static string RepositoryRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Url2Video.Farm.sln")))
        {
            folder = folder.Parent ?? throw new DirectoryNotFoundException("These tests run inside the repository.");
        }

        return folder.FullName;
    }
}
