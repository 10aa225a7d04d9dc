using System.Globalization;
using Url2Video.Farm.Cluster.Artifacts;
using Url2Video.Farm.Core;

namespace Url2Video.Farm.Node.Remote;

/// <summary>
/// What a node keeps of the farm's artifacts, bounded in bytes: the least recently used go first, never one that a running attempt uses. The bound may be
/// passed while everything is in use. Safe for any thread.
/// </summary>
/// <param name="root">Folder of the store.</param>
internal sealed class NodeCache(string root, long bytesMax)
{
    /// <summary>Evicting goes on to this part of the bound, so that not every new file evicts.</summary>
    private const int TrimToPercent = 90;

    private readonly Lock _gate = new();
    private readonly Dictionary<ArtifactId, Entry> _entries = [];
    private long _bytes;
    private long _uses;

    public long Bytes
    {
        get
        {
            lock (_gate)
            {
                return _bytes;
            }
        }
    }

    /// <summary>Takes in what former lives of the node left, the oldest first.</summary>
    public void Load()
    {
        if (!Directory.Exists(root))
        {
            return;
        }

        var left = Directory.EnumerateDirectories(root)
            .Where(d => Path.GetFileName(d).Length == 2)
            .SelectMany(Directory.EnumerateFiles)
            .Select(f => new FileInfo(f))
            .OrderBy(f => f.LastWriteTimeUtc)
            .ToList();
        foreach (var file in left)
        {
            Added(new ArtifactRef(new ArtifactId(file.Directory!.Name + file.Name), file.Length));
        }
    }

    /// <summary>Not to be evicted until <see cref="Unpin"/> was called as often.</summary>
    public void Pin(ArtifactId artifact)
    {
        lock (_gate)
        {
            var entry = EntryOf(artifact);
            entry.Pins++;
            entry.LastUse = ++_uses;
        }
    }

    public void Unpin(ArtifactId artifact)
    {
        lock (_gate)
        {
            var entry = _entries[artifact];
            if (--entry.Pins == 0 && entry.Bytes == 0)
            {
                _entries.Remove(artifact); // Was wanted and never came.
            }

            Trim();
        }
    }

    /// <summary>The store has it now.</summary>
    public void Added(ArtifactRef artifact)
    {
        lock (_gate)
        {
            var entry = EntryOf(artifact.Id);
            _bytes += artifact.Bytes - entry.Bytes;
            (entry.Bytes, entry.LastUse) = (artifact.Bytes, ++_uses);
            Trim();
        }
    }

    private Entry EntryOf(ArtifactId artifact) => _entries.TryGetValue(artifact, out var entry) ? entry : _entries[artifact] = new Entry();

    private void Trim()
    {
        if (_bytes <= bytesMax)
        {
            return;
        }

        foreach (var (artifact, entry) in _entries.Where(e => e.Value.Pins == 0).OrderBy(e => e.Value.LastUse).ToList())
        {
            if (_bytes <= bytesMax / 100 * TrimToPercent)
            {
                return;
            }

            Delete(artifact);
            _entries.Remove(artifact);
            _bytes -= entry.Bytes;
        }
    }

    private void Delete(ArtifactId artifact)
    {
        try
        {
            File.Delete(Path.Combine(root, artifact.Sha256[..2], artifact.Sha256[2..]));
        }
        catch (Exception fault) when (IoFaults.IsKnown(fault))
        {
            // It is counted as gone; the next start of the node counts it again.
        }
    }

    private sealed class Entry
    {
        public long Bytes { get; set; }

        public int Pins { get; set; }

        public long LastUse { get; set; }

        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Bytes} bytes, {Pins} pins");
    }
}
