using Url2Video.Farm.Cluster.Serialization;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Errors;

namespace Url2Video.Farm.Cluster.Artifacts.Sweeping;

/// <param name="Kept">Files that something names, or that are too new to be sure.</param>
/// <param name="Swept">Files that went, or would go.</param>
public sealed record SweepReport(long Kept, long Swept, long SweptBytes);

/// <summary>
/// Deletes the files of one folder that nothing names and that were not stored or claimed lately. A file goes in two steps: it is moved aside, and looked
/// at again there, because somebody may have claimed it in between; so whoever claims a file either keeps it or learns that it is gone. A kill
/// at any place leaves a file where it was, or aside, where the next sweep deals with it. Writers may be at work meanwhile, and other sweeps.
/// </summary>
internal sealed class ArtifactSweep(ArtifactStore store, TimeProvider clock)
{
    private const int FolderChars = 2;

    private readonly string _aside = Path.Combine(store.Root, "outgoing");

    /// <summary>Files that were stored or claimed since this moment stay. To be read before the marks are.</summary>
    public DateTime Cutoff => clock.GetUtcNow().UtcDateTime.AddHours(-Limits.UnnamedArtifactHours);

    /// <exception cref="FarmException"><c>ERR_NOT_WRITABLE</c>, <c>ERR_DISK_FULL</c>.</exception>
    public SweepReport Run(ArtifactMarks marks, DateTime cutoff, bool dryRun, CancellationToken cancellation)
    {
        var (kept, swept, bytes) = (0L, 0L, 0L);
        try
        {
            if (!dryRun)
            {
                Resume(marks, cutoff);
            }

            foreach (var (path, name) in Files())
            {
                cancellation.ThrowIfCancellationRequested();
                var length = LengthIfOver(path, name, marks, cutoff);
                if (length is { } over && (dryRun || Remove(path, name, cutoff)))
                {
                    (swept, bytes) = (swept + 1, bytes + over);
                }
                else
                {
                    kept++;
                }
            }
        }
        catch (Exception fault) when (IoFaults.IsKnown(fault))
        {
            throw IoFaults.Translate(fault, "sweep the artifact store");
        }

        return new SweepReport(kept, swept, bytes);
    }

    private IEnumerable<(string Path, string Name)> Files()
    {
        if (!Directory.Exists(store.Root))
        {
            yield break;
        }

        foreach (var folder in Directory.EnumerateDirectories(store.Root).Where(d => Path.GetFileName(d).Length == FolderChars))
        {
            foreach (var path in Directory.EnumerateFiles(folder))
            {
                var name = Path.GetFileName(folder) + Path.GetFileName(path);
                if (Sha256Text.IsOne(name))
                {
                    yield return (path, name);
                }
            }
        }
    }

    private static long? LengthIfOver(string path, string name, ArtifactMarks marks, DateTime cutoff)
    {
        var file = new FileInfo(path);
        return !marks.Has(name) && file.Exists && file.LastWriteTimeUtc < cutoff ? file.Length : null;
    }

    private bool Remove(string path, string name, DateTime cutoff)
    {
        Directory.CreateDirectory(_aside);
        var aside = Path.Combine(_aside, name);
        try
        {
            File.Move(path, aside, overwrite: true);
        }
        catch (FileNotFoundException)
        {
            return false; // Another sweep of the same folder was quicker.
        }

        return Finish(aside, name, cutoff);
    }

    // Claimed in the moment before it was moved: back, unless it was stored anew meanwhile.
    private bool Finish(string aside, string name, DateTime cutoff)
    {
        var file = new FileInfo(aside);
        if (file.Exists && file.LastWriteTimeUtc >= cutoff)
        {
            Restore(aside, name);
            return false;
        }

        File.Delete(aside);
        return true;
    }

    private void Restore(string aside, string name)
    {
        var home = Path.Combine(store.Root, name[..FolderChars], name[FolderChars..]);
        if (File.Exists(home))
        {
            File.Delete(aside);
        }
        else
        {
            CreateOnlyFile.Publish(aside, home);
        }
    }

    /// <summary>What a sweep that was killed left aside: judged anew.</summary>
    private void Resume(ArtifactMarks marks, DateTime cutoff)
    {
        if (!Directory.Exists(_aside))
        {
            return;
        }

        foreach (var aside in Directory.EnumerateFiles(_aside))
        {
            var name = Path.GetFileName(aside);
            if (Sha256Text.IsOne(name) && marks.Has(name))
            {
                Restore(aside, name);
            }
            else
            {
                Finish(aside, name, Sha256Text.IsOne(name) ? cutoff : DateTime.MaxValue);
            }
        }
    }
}
