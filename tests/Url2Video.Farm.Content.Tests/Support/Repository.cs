namespace Url2Video.Farm.Content.Tests.Support;

internal static class Repository
{
    public static string Root { get; } = Find();

    public static string Sample(string path) => Path.Combine(Root, "samples", path);

    private static string Find()
    {
        var directory = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(directory, "Url2Video.Farm.sln")))
        {
            directory = Path.GetDirectoryName(directory) ?? throw new DirectoryNotFoundException(
                "The tests must run inside the repository.");
        }

        return directory;
    }
}
