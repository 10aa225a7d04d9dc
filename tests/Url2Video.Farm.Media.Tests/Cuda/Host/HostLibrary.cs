using System.Runtime.InteropServices;

namespace Url2Video.Farm.Media.Tests.Cuda.Host;

/// <summary>Sources of this folder as libraries of this machine.</summary>
internal static class HostLibrary
{
    /// <summary>The first C++ compiler that is installed, or null.</summary>
    public static string? Compiler { get; } = new[] { "g++", "clang++", "clang++-19", "c++" }.Select(KernelSources.Find).FirstOrDefault(p => p is not null);

    /// <summary>Why nothing can be compiled, or null.</summary>
    public static string? Refusal => Compiler is null ? "no C++ compiler (g++, clang++, clang++-19) is installed" : null;

    /// <returns>The library, loaded for good.</returns>
    public static nint Build(string source, string name)
    {
        var folder = Directory.CreateTempSubdirectory("u2v-kernels-").FullName;
        try
        {
            var library = Path.Combine(folder, name);
            KernelSources.Run(
                Compiler!, "-x", "c++", "-std=c++17", "-O2", "-shared", "-fPIC", "-Wno-unknown-pragmas", "-I", KernelSources.Folder, "-I", KernelSources.HostFolder,
                Path.Combine(KernelSources.HostFolder, source), "-o", library);
            return NativeLibrary.Load(library);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
