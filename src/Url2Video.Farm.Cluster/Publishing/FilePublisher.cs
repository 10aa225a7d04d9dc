using System.Security.Cryptography;
using System.Text;
using Url2Video.Farm.Cluster.Artifacts;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Errors;
using Url2Video.Farm.Core.Packaging;

namespace Url2Video.Farm.Cluster.Publishing;

/// <summary>
/// Puts files into the user's folder so that whatever can be seen there is complete: temporary name, fsync, rename. Files that a
/// playlist names are durable before the playlist. Every call may be repeated. One instance, one caller at a time.
/// </summary>
/// <param name="outDir">Absolute; made with the first file.</param>
internal sealed class FilePublisher(string outDir, ArtifactStore artifacts)
{
    private const string TemporaryPrefix = ".u2v-";
    private readonly HashSet<string> _unsynced = new(StringComparer.Ordinal);
    private readonly HashSet<string> _swept = new(StringComparer.Ordinal);
    private string? _temporary;
    private volatile bool _isClosed;

    /// <summary>Finds out early whether the folder can be written.</summary>
    /// <exception cref="FarmException"><c>ERR_NOT_WRITABLE</c>, <c>ERR_DISK_FULL</c>.</exception>
    public void Probe() => Guarded(() =>
    {
        Directory.CreateDirectory(outDir);
        var probe = Path.Combine(outDir, TemporaryPrefix + "probe");
        File.WriteAllBytes(probe, [0]);
        File.Delete(probe);
    });

    /// <summary>Makes an artifact visible; what had the name before, perhaps of another film, is replaced in one step.</summary>
    /// <param name="path">Relative, forward slashes.</param>
    /// <param name="share">True: may be a hard link to the store (nobody edits a segment). False: a copy of its own.</param>
    public void PutArtifact(string path, ArtifactRef file, bool share) => Guarded(() =>
    {
        var target = Prepare(path);
        var source = artifacts.PathOf(file);
        var temporary = TemporaryFor(target);
        if (!share || !LibC.TryHardLink(source, temporary))
        {
            if (HasSameBytes(target, file))
            {
                return; // A resumed publication on a disk without links: reading is cheaper than writing.
            }

            Copy(source, temporary);
        }

        File.Move(temporary, target, overwrite: true);
        File.Delete(temporary); // rename(2) leaves both names when they are links to the same file.
        _unsynced.Add(Path.GetDirectoryName(target)!);
    });

    /// <summary>Replaces a text file, UTF-8 without a byte order mark; everything put before it is made durable first.</summary>
    public void PutText(string path, string text) => Guarded(() =>
    {
        Flush();
        var target = Prepare(path);
        var temporary = TemporaryFor(target);
        using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0))
        {
            stream.Write(Encoding.UTF8.GetBytes(text));
            stream.Flush(flushToDisk: true);
        }

        File.Move(temporary, target, overwrite: true);
        LibC.FlushDirectory(Path.GetDirectoryName(target)!);
    });

    /// <summary>Removes a file of ours; one that is not there is fine.</summary>
    public void Delete(string path) => Guarded(() => File.Delete(Prepare(path)));

    /// <summary>Returns when all that was put survives a power cut.</summary>
    public void Sync() => Guarded(Flush);

    /// <summary>
    /// Removes what an earlier film left in the folders of the package: segments past the new end, rungs that are no more. Touches
    /// only files that a package consists of, nothing that a person may have put there.
    /// </summary>
    /// <param name="keep">Relative paths, forward slashes.</param>
    public void PrunePackage(IReadOnlySet<string> keep) => Guarded(() =>
    {
        foreach (var folder in PackageContents.Folders.Select(f => Path.Combine(outDir, f)).Where(Directory.Exists))
        {
            foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
            {
                var path = Path.GetRelativePath(outDir, file).Replace(Path.DirectorySeparatorChar, '/');
                if (PackageContents.IsPackageFile(path) && !keep.Contains(path))
                {
                    File.Delete(file);
                }
            }
        }
    });

    /// <summary>From here on nothing more is written: a publisher that was replaced must not undo its successor's work. Any thread.</summary>
    public void Close() => _isClosed = true;

    private void Flush()
    {
        foreach (var directory in _unsynced)
        {
            LibC.FlushDirectory(directory);
        }

        _unsynced.Clear();
    }

    private static void Copy(string source, string temporary)
    {
        using var from = new FileStream(source, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
        using var to = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);
        from.CopyTo(to, 1 << 20);
        to.Flush(flushToDisk: true);
    }

    private static bool HasSameBytes(string target, ArtifactRef file)
    {
        if (new FileInfo(target) is not { Exists: true } present || present.Length != file.Bytes)
        {
            return false;
        }

        using var stream = new FileStream(target, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
        return Convert.ToHexStringLower(SHA256.HashData(stream)) == file.Id.Sha256;
    }

    private string Prepare(string path)
    {
        var target = Path.GetFullPath(Path.Combine(outDir, path.Replace('/', Path.DirectorySeparatorChar)));
        var root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(outDir)) + Path.DirectorySeparatorChar;
        if (!target.StartsWith(root, StringComparison.Ordinal) || path.Contains('\\', StringComparison.Ordinal))
        {
            throw new FarmException(ErrorCodes.Internal, $"'{path}' leads out of the output folder.");
        }

        var directory = Path.GetDirectoryName(target)!;
        if (_swept.Add(directory))
        {
            CreateOnlyFile.EnsureDirectory(directory);
            foreach (var leftover in Directory.EnumerateFiles(directory, TemporaryPrefix + "*"))
            {
                File.Delete(leftover); // From a process that was killed between write and rename.
            }
        }

        return target;
    }

    private string TemporaryFor(string target) =>
        _temporary = Path.Combine(Path.GetDirectoryName(target)!, TemporaryPrefix + Path.GetFileName(target));

    private void Guarded(Action write)
    {
        if (_isClosed)
        {
            throw new OperationCanceledException("The publisher was stopped.");
        }

        try
        {
            write();
        }
        catch (Exception fault) when (IoFaults.IsKnown(fault))
        {
            _swept.Clear(); // The next try looks afresh: the folder may be another one by then.
            DeleteQuietly(_temporary);
            throw IoFaults.Translate(fault, $"write to {outDir}");
        }
    }

    private static void DeleteQuietly(string? temporary)
    {
        try
        {
            if (temporary is not null)
            {
                File.Delete(temporary);
            }
        }
        catch (Exception fault) when (IoFaults.IsKnown(fault))
        {
            // Swept at the next try.
        }
    }
}
