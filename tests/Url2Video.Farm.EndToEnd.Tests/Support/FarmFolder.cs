namespace Url2Video.Farm.EndToEnd.Tests.Support;

/// <summary>A folder of one test's farm. PostgreSQL's own user, to whom root lends the database, may pass through it.</summary>
internal sealed class FarmFolder : IDisposable
{
    private const UnixFileMode Passable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    private readonly TempFolder _folder = new();

    public FarmFolder()
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(_folder.Path, Passable);
        }
    }

    public string this[string name] => _folder[name];

    public void Dispose() => _folder.Dispose();
}
