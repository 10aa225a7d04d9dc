using System.Buffers;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using Url2Video.Farm.Cluster.Serialization;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Errors;

namespace Url2Video.Farm.Cluster.Artifacts;

/// <summary>
/// Files named by the SHA-256 of their bytes, in a directory: <c>ab/cdef…</c>. Create-only: temp, fsync, rename, fsync of the
/// directory; nothing is ever overwritten, so any number of writers and zombies may use it at once. Safe for any thread.
/// </summary>
public sealed class ArtifactStore : IArtifactIo
{
    private const int CopyBufferBytes = 128 * 1024;

    /// <summary>Small files are hashed when first opened in this process: it costs less than the open itself on a cold disk.</summary>
    private const long HashOnFirstOpenBytesMax = 4 * 1024 * 1024;

    private static readonly TimeSpan s_newEnough = TimeSpan.FromHours(1);

    // A folder may be shared by servers on several machines, whose process numbers meet.
    private static readonly string s_life = Guid.NewGuid().ToString("N")[..12];
    private static long s_temporaries;

    private readonly string _incoming;
    private readonly ConcurrentDictionary<ArtifactId, byte> _verified;
    private readonly IArtifactBackend? _backend;

    /// <param name="root">The folder; made when first needed.</param>
    /// <param name="backend">Where missing files come from and who is told of new ones; null: this folder is all there is.</param>
    public ArtifactStore(string root, IArtifactBackend? backend = null)
        : this(root, new(), backend)
    {
    }

    private ArtifactStore(string root, ConcurrentDictionary<ArtifactId, byte> verified, IArtifactBackend? backend) =>
        (Root, _incoming, _verified, _backend) = (root, Path.Combine(root, "incoming"), verified, backend);

    public string Root { get; }

    /// <summary>What stands behind the folder; null for nothing.</summary>
    public IArtifactBackend? Backend => _backend;

    /// <summary>The same folder seen with something else behind it: an attempt with its own record, or (null) this folder alone.</summary>
    public ArtifactStore With(IArtifactBackend? backend) => new(Root, _verified, backend);

    /// <summary>Stores everything <paramref name="content"/> gives, from its present position.</summary>
    /// <exception cref="FarmException"><c>ERR_DISK_FULL</c>, <c>ERR_NOT_WRITABLE</c>.</exception>
    public async Task<ArtifactRef> PutAsync(Stream content, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(content);
        var buffer = ArrayPool<byte>.Shared.Rent(CopyBufferBytes);
        var temporary = NewTemporary();
        try
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            var bytes = 0L;
            var file = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);
            await using (file.ConfigureAwait(false))
            {
                int read;
                while ((read = await content.ReadAsync(buffer, cancellation).ConfigureAwait(false)) > 0)
                {
                    hash.AppendData(buffer, 0, read);
                    await file.WriteAsync(buffer.AsMemory(0, read), cancellation).ConfigureAwait(false);
                    bytes += read;
                }

                file.Flush(flushToDisk: true);
            }

            return await PublishAsync(temporary, new ArtifactRef(new ArtifactId(Convert.ToHexStringLower(hash.GetHashAndReset())), bytes), cancellation).ConfigureAwait(false);
        }
        catch (Exception fault) when (IoFaults.IsKnown(fault))
        {
            throw IoFaults.Translate(fault, "write the artifact store");
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
            DeleteQuietly(temporary);
        }
    }

    /// <inheritdoc/>
    public async ValueTask<ArtifactRef> WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        var artifact = new ArtifactRef(new ArtifactId(Convert.ToHexStringLower(SHA256.HashData(bytes.Span))), bytes.Length);
        if (Claim(artifact))
        {
            await WriteAgainAsync(artifact, cancellation).ConfigureAwait(false);
            return artifact;
        }

        var temporary = NewTemporary();
        try
        {
            var file = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);
            await using (file.ConfigureAwait(false))
            {
                await file.WriteAsync(bytes, cancellation).ConfigureAwait(false);
                file.Flush(flushToDisk: true);
            }

            return await PublishAsync(temporary, artifact, cancellation).ConfigureAwait(false);
        }
        catch (Exception fault) when (IoFaults.IsKnown(fault))
        {
            throw IoFaults.Translate(fault, "write the artifact store");
        }
        finally
        {
            DeleteQuietly(temporary);
        }
    }

    /// <summary>Stores a finished file by moving it: no copy when it lies on the same disk (the scratch folder does).</summary>
    /// <param name="path">The file is gone afterwards. Nobody may still write to it.</param>
    /// <exception cref="FarmException"><c>ERR_DISK_FULL</c>, <c>ERR_NOT_WRITABLE</c>.</exception>
    public Task<ArtifactRef> AdoptAsync(string path, CancellationToken cancellation = default) => AdoptAsync(path, null, cancellation);

    /// <summary>The same for a file that came from elsewhere and says what it is.</summary>
    /// <exception cref="FarmException"><c>ERR_DISK_FULL</c>, <c>ERR_NOT_WRITABLE</c>; <c>ERR_ARTIFACT_CORRUPT</c>: the bytes are others, nothing was stored.</exception>
    public async Task<ArtifactRef> AdoptAsync(string path, ArtifactRef? expected, CancellationToken cancellation)
    {
        var temporary = NewTemporary();
        try
        {
            File.Move(path, temporary); // Copies when the file lies on another disk; the final step must be a rename.
            ArtifactRef artifact;
            var file = new FileStream(temporary, FileMode.Open, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
            await using (file.ConfigureAwait(false))
            {
                var hash = await SHA256.HashDataAsync(file, cancellation).ConfigureAwait(false);
                file.Flush(flushToDisk: true);
                artifact = new ArtifactRef(new ArtifactId(Convert.ToHexStringLower(hash)), file.Length);
            }

            return expected is { } wanted && wanted != artifact
                ? throw new FarmException(ErrorCodes.ArtifactCorrupt, $"The bytes are not those of artifact {wanted.Id}.", "Send the file again from its beginning.", retryable: true)
                : await PublishAsync(temporary, artifact, cancellation).ConfigureAwait(false);
        }
        catch (Exception fault) when (IoFaults.IsKnown(fault))
        {
            throw IoFaults.Translate(fault, "write the artifact store");
        }
        finally
        {
            DeleteQuietly(temporary);
        }
    }

    /// <inheritdoc/>
    public async ValueTask<byte[]> ReadAsync(ArtifactRef artifact, int bytesMax, CancellationToken cancellation)
    {
        if (artifact.Bytes > bytesMax)
        {
            throw new FarmException(ErrorCodes.TooLarge, $"Artifact {artifact.Id} has {artifact.Bytes} bytes; at most {bytesMax} are wanted here.");
        }

        await BringAsync(artifact, cancellation).ConfigureAwait(false);
        var path = LocateOrThrow(artifact);
        byte[] bytes;
        try
        {
            bytes = await File.ReadAllBytesAsync(path, cancellation).ConfigureAwait(false);
        }
        catch (Exception fault) when (IoFaults.IsKnown(fault))
        {
            throw Missing(artifact, fault);
        }

        if (!string.Equals(Convert.ToHexStringLower(SHA256.HashData(bytes)), artifact.Id.Sha256, StringComparison.Ordinal))
        {
            throw Corrupt(artifact, "its bytes have another hash");
        }

        _verified.TryAdd(artifact.Id, 0);
        return bytes;
    }

    /// <summary>Opens for reading; the length is checked always, the hash of small files at their first opening.</summary>
    /// <exception cref="FarmException"><c>ERR_ARTIFACT_MISSING</c>, <c>ERR_ARTIFACT_CORRUPT</c>.</exception>
    public FileStream OpenRead(ArtifactRef artifact)
    {
        var path = PathOf(artifact);
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, CopyBufferBytes);
        }
        catch (Exception fault) when (IoFaults.IsKnown(fault))
        {
            throw Missing(artifact, fault);
        }
    }

    /// <summary>As <see cref="OpenRead"/>, for threads of the pool: what must be brought first is waited for without one.</summary>
    /// <exception cref="FarmException"><c>ERR_ARTIFACT_MISSING</c>, <c>ERR_ARTIFACT_CORRUPT</c>.</exception>
    public async ValueTask<FileStream> OpenReadAsync(ArtifactRef artifact, CancellationToken cancellation)
    {
        await BringAsync(artifact, cancellation).ConfigureAwait(false);
        return OpenRead(artifact);
    }

    /// <summary>Where the file lies, for native readers and hard links. Never write there. Checked as <see cref="OpenRead"/> does.</summary>
    /// <exception cref="FarmException"><c>ERR_ARTIFACT_MISSING</c>, <c>ERR_ARTIFACT_CORRUPT</c>.</exception>
    public string PathOf(ArtifactRef artifact)
    {
        var path = LocateOrThrow(artifact);
        if (artifact.Bytes <= HashOnFirstOpenBytesMax && !_verified.ContainsKey(artifact.Id))
        {
            Verify(artifact);
        }

        return path;
    }

    /// <summary>Whether the file is there in full length; says nothing of its hash.</summary>
    public bool Exists(ArtifactRef artifact)
    {
        var file = new FileInfo(PathFor(artifact.Id));
        return file.Exists && file.Length == artifact.Bytes;
    }

    /// <summary>
    /// As <see cref="Exists"/>, by somebody who will name the file: it counts as new again, so that it is not swept before it is named
    /// (<see cref="Sweeping.ArtifactSweep"/>). False when it went in this moment: store it again.
    /// </summary>
    public bool Claim(ArtifactRef artifact)
    {
        var file = new FileInfo(PathFor(artifact.Id));
        if (!file.Exists || file.Length != artifact.Bytes)
        {
            return false;
        }

        var now = TimeProvider.System.GetUtcNow().UtcDateTime; // As the file system dates new files.
        if (file.LastWriteTimeUtc > now - s_newEnough)
        {
            return true; // Nobody sweeps it for days: not worth a write.
        }

        try
        {
            using var open = File.OpenHandle(file.FullName, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            File.SetLastWriteTimeUtc(open, now); // By handle: a confined worker may not by path.
            return File.Exists(file.FullName); // A sweep may have had it aside and judged it before: then it goes, and must be stored again.
        }
        catch (FileNotFoundException)
        {
            return false;
        }
        catch (Exception fault) when (IoFaults.IsKnown(fault))
        {
            return true; // A folder that another user owns: it is there all the same.
        }
    }

    /// <summary>The file under this name, of whatever length it is; null: not in this folder. Asks nothing that stands behind.</summary>
    public ArtifactRef? Find(ArtifactId id)
    {
        var file = new FileInfo(PathFor(id));
        return file.Exists ? new ArtifactRef(id, file.Length) : null;
    }

    /// <summary>Reads the whole file and compares its hash with its name.</summary>
    /// <exception cref="FarmException"><c>ERR_ARTIFACT_MISSING</c>, <c>ERR_ARTIFACT_CORRUPT</c>.</exception>
    public void Verify(ArtifactRef artifact)
    {
        using var file = new FileStream(LocateOrThrow(artifact), FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
        if (!string.Equals(Convert.ToHexStringLower(SHA256.HashData(file)), artifact.Id.Sha256, StringComparison.Ordinal))
        {
            throw Corrupt(artifact, "its bytes have another hash");
        }

        _verified.TryAdd(artifact.Id, 0);
    }

    /// <summary>Removes what a killed process left half-written. Only while no other process uses the store.</summary>
    public void SweepIncoming()
    {
        if (Directory.Exists(_incoming))
        {
            Directory.Delete(_incoming, recursive: true);
        }
    }

    private async ValueTask<ArtifactRef> PublishAsync(string temporary, ArtifactRef artifact, CancellationToken cancellation)
    {
        _backend?.Using(artifact.Id); // Before it can be seen, or a cache that is full would take it for an old one.
        var target = PathFor(artifact.Id);
        if (!Exists(artifact) && File.Exists(target))
        {
            // Same name, other length: a torn file from a disk that lied about fsync. The good bytes are in hand.
            File.Delete(target);
        }

        if (!CreateOnlyFile.Publish(temporary, target) && !Claim(artifact))
        {
            throw new FarmException(ErrorCodes.Conflict, $"Artifact {artifact.Id} was swept while it was stored.", "Store it again.", retryable: true);
        }

        _verified.TryAdd(artifact.Id, 0);
        await WriteAgainAsync(artifact, cancellation).ConfigureAwait(false);
        return artifact;
    }

    /// <summary>What storing means for bytes that are here already: whoever stands behind is told.</summary>
    internal ValueTask WriteAgainAsync(ArtifactRef artifact, CancellationToken cancellation)
    {
        _backend?.Using(artifact.Id);
        return _backend is null ? default : _backend.StoredAsync(artifact, cancellation);
    }

    // What cannot be brought is said by whoever looks for it next.
    private async ValueTask BringAsync(ArtifactRef artifact, CancellationToken cancellation)
    {
        if (_backend is null || Exists(artifact))
        {
            return;
        }

        _backend.Using(artifact.Id);
        if (!await _backend.TryBringAsync(artifact, cancellation).ConfigureAwait(false))
        {
            throw Missing(artifact, null);
        }
    }

    private string LocateOrThrow(ArtifactRef artifact)
    {
        var file = new FileInfo(PathFor(artifact.Id));
        _backend?.Using(artifact.Id);
        if (!file.Exists || (_backend is not null && file.Length != artifact.Bytes))
        {
            if (_backend is null || !_backend.TryBring(artifact))
            {
                throw Missing(artifact, null);
            }

            file.Refresh();
        }

        return file.Length == artifact.Bytes ? file.FullName : throw Corrupt(artifact, $"it has {file.Length} bytes instead of {artifact.Bytes}");
    }

    // The name is checked before it becomes a path: ids come over the wire.
    private string PathFor(ArtifactId id)
    {
        var name = id.Sha256;
        if (!Sha256Text.IsOne(name))
        {
            throw new FarmException(ErrorCodes.ArtifactMissing, "An artifact is named by 64 lower-case hexadecimal characters.");
        }

        return Path.Combine(Root, name[..2], name[2..]);
    }

    private string NewTemporary()
    {
        try
        {
            Directory.CreateDirectory(_incoming);
        }
        catch (Exception fault) when (IoFaults.IsKnown(fault))
        {
            throw IoFaults.Translate(fault, "write the artifact store");
        }

        return Path.Combine(_incoming, $"{Environment.ProcessId}-{s_life}-{Interlocked.Increment(ref s_temporaries)}");
    }

    private static FarmException Missing(ArtifactRef artifact, Exception? cause) => new(
        new FarmError(ErrorCodes.ArtifactMissing, $"Artifact {artifact.Id} is not in the store.", "Run the same render again: what is missing is made again, what is there is kept.")
        {
            Artifact = artifact.Id.Sha256,
        },
        cause);

    private static FarmException Corrupt(ArtifactRef artifact, string how) => new(
        new FarmError(ErrorCodes.ArtifactCorrupt, $"Artifact {artifact.Id} is damaged: {how}.", "Check the disk, delete the file and run the same render again: it is made again.")
        {
            Artifact = artifact.Id.Sha256,
        });

    private static void DeleteQuietly(string temporary)
    {
        try
        {
            File.Delete(temporary);
        }
        catch (Exception fault) when (IoFaults.IsKnown(fault))
        {
            // Swept at the next start.
        }
    }
}
