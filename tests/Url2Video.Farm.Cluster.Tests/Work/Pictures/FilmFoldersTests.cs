using Url2Video.Farm.Cluster.Tests.Fakes;
using Url2Video.Farm.Core;
using Url2Video.Farm.Node.Running;

namespace Url2Video.Farm.Cluster.Tests.Work.Pictures;

public sealed class FilmFoldersTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Enter_TwoAttemptsOfAFilm_AreInOneFolder()
    {
        var folders = new FilmFolders(_folder.Root);
        var film = TestFarm.NewId();
        using var one = folders.Enter(film);
        using var two = folders.Enter(film);
        using var other = folders.Enter(TestFarm.NewId());

        Assert.Equal(one.FullPath, two.FullPath);
        Assert.NotEqual(one.FullPath, other.FullPath);
        Assert.True(Directory.Exists(one.FullPath));
    }

    [Fact]
    public void Leave_TheLastFilmsAreKept_AndOlderOnesGo()
    {
        var folders = new FilmFolders(_folder.Root);
        var films = Enumerable.Range(0, Limits.FilmFoldersLeftMax + 2).Select(_ => TestFarm.NewId()).ToArray();
        var stays = folders.Enter(films[0]);
        foreach (var film in films[1..])
        {
            folders.Enter(film).Dispose();
        }

        Assert.Equal(films.Where((_, i) => i != 1).Select(f => f.Value + "-shared").Order(StringComparer.Ordinal), Names());

        stays.Dispose();
        stays.Dispose();
        using var again = folders.Enter(films[0]);
        Assert.True(Directory.Exists(again.FullPath));
    }

    [Fact]
    public void Clear_TakesAllThatNobodyIsIn()
    {
        var folders = new FilmFolders(_folder.Root);
        using var stays = folders.Enter(TestFarm.NewId());
        folders.Enter(TestFarm.NewId()).Dispose();
        File.WriteAllText(Path.Combine(stays.FullPath, "x"), "x");

        folders.Clear();

        Assert.Equal([Path.GetFileName(stays.FullPath)], Names());
    }

    private string[] Names() => [.. Directory.GetDirectories(_folder.Root).Select(d => Path.GetFileName(d)!).Order(StringComparer.Ordinal)];
}
