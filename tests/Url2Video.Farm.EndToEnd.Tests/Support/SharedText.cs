namespace Url2Video.Farm.EndToEnd.Tests.Support;

/// <summary>Text of a file that another process is still writing.</summary>
internal static class SharedText
{
    public static async Task<string> ReadAsync(string path, CancellationToken cancellation)
    {
        await using var file = Open(path);
        using var reader = new StreamReader(file);
        return await reader.ReadToEndAsync(cancellation);
    }

    public static string Read(string path)
    {
        using var file = Open(path);
        using var reader = new StreamReader(file);
        return reader.ReadToEnd();
    }

    private static FileStream Open(string path) => new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
}
