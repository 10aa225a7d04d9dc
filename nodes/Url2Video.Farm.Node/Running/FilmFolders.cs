using Url2Video.Farm.Cluster.Artifacts;
using Url2Video.Farm.Core;

namespace Url2Video.Farm.Node.Running;

/// <summary>
/// A folder for each film that this node works for, where an attempt leaves what others of the same film need as well. Nothing in it counts: whoever misses
/// something makes it again. Kept while an attempt of its film runs, and for the films that were left last. Safe for any thread.
/// </summary>
/// <param name="root">Of the scratch folders. Their sweep at the next start of the process takes these as well, and has to: nothing in them was flushed.</param>
internal sealed class FilmFolders(string root)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<ProjectId, int> _used = [];
    private readonly List<ProjectId> _left = [];

    /// <summary>The folder of a film, until what is returned is disposed of; there even if it cannot be made.</summary>
    public Hold Enter(ProjectId film)
    {
        lock (_gate)
        {
            _used[film] = _used.GetValueOrDefault(film) + 1;
            _left.Remove(film);
        }

        var hold = new Hold(this, film, PathOf(film));
        try
        {
            Directory.CreateDirectory(hold.FullPath);
        }
        catch (Exception fault) when (IoFaults.IsKnown(fault))
        {
            // Then every attempt makes what it needs.
        }

        return hold;
    }

    /// <summary>Removes those that nobody is in.</summary>
    public void Clear() => Remove(0);

    private void Leave(ProjectId film)
    {
        lock (_gate)
        {
            if (--_used[film] > 0)
            {
                return;
            }

            _used.Remove(film);
            _left.Add(film);
        }

        Remove(Limits.FilmFoldersLeftMax);
    }

    private void Remove(int kept)
    {
        lock (_gate)
        {
            while (_left.Count > kept)
            {
                Delete(PathOf(_left[0])); // Under the gate: nobody may enter it meanwhile.
                _left.RemoveAt(0);
            }
        }
    }

    private string PathOf(ProjectId film) => Path.Combine(root, film.Value + "-shared");

    private static void Delete(string path)
    {
        try
        {
            Directory.Delete(path, recursive: true);
        }
        catch (Exception fault) when (IoFaults.IsKnown(fault))
        {
            // Swept at the next start of the process.
        }
    }

    /// <summary>One attempt's stay in the folder of its film.</summary>
    public sealed class Hold(FilmFolders folders, ProjectId film, string path) : IDisposable
    {
        private bool _isOver;

        public string FullPath { get; } = path;

        public void Dispose()
        {
            if (!Interlocked.Exchange(ref _isOver, true))
            {
                folders.Leave(film);
            }
        }
    }
}
