using System.Diagnostics;

namespace Url2Video.Farm.Media.Tests.Cuda.Host;

/// <summary>Where the kernels' sources lie in this checkout, and the compilers that this machine has for them.</summary>
internal static class KernelSources
{
    public static string Folder { get; } = Path.Combine(Root(), "nodes", "Url2Video.Farm.Media", "Cuda", "Kernels");

    public static string HostFolder { get; } = Path.Combine(Root(), "tests", "Url2Video.Farm.Media.Tests", "Cuda", "Host");

    /// <summary>The full path of a program, or null.</summary>
    public static string? Find(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);

    /// <exception cref="InvalidOperationException">It failed; the message has what it said.</exception>
    public static void Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true }) ?? throw new InvalidOperationException(program);
        var said = process.StandardError.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)}: {said}");
        }
    }

    private static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Url2Video.Farm.sln")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException("The tests run outside of a checkout.");
        }

        return folder;
    }
}

/// <summary>Reported as skipped, never as passed, where clang 19 is not installed.</summary>
public sealed class RequiresClangFactAttribute : FactAttribute
{
    public RequiresClangFactAttribute() => Skip = KernelSources.Find("clang-19") is null ? "clang-19 is not installed" : null;
}

/// <summary>Reported as skipped, never as passed, where there is no C++ compiler.</summary>
public sealed class RequiresCompilerTheoryAttribute : TheoryAttribute
{
    public RequiresCompilerTheoryAttribute() => Skip = HostLibrary.Refusal;
}

/// <inheritdoc cref="RequiresCompilerTheoryAttribute"/>
public sealed class RequiresCompilerFactAttribute : FactAttribute
{
    public RequiresCompilerFactAttribute() => Skip = HostLibrary.Refusal;
}
