using System.Security.Cryptography;

namespace Url2Video.Farm.EndToEnd.Tests.Support;

/// <summary>A folder of one test, removed with it.</summary>
internal sealed class TempFolder : IDisposable
{
    public TempFolder() => Path = Directory.CreateTempSubdirectory("u2v-test-").FullName;

    public string Path { get; }

    public string this[string name] => System.IO.Path.Combine(Path, name);

    /// <summary>Relative name → SHA-256 of every file below <paramref name="folder"/>.</summary>
    public static SortedDictionary<string, string> HashesOf(string folder) => new(
        Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).ToDictionary(
            f => System.IO.Path.GetRelativePath(folder, f),
            f => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(f)))),
        StringComparer.Ordinal);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
