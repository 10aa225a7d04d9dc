using System.Buffers;
using System.Collections.Concurrent;
using System.Globalization;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Errors;

namespace Url2Video.Farm.Cluster.Artifacts.Transfer;

/// <summary>
/// Files on their way into a store: what has come is kept when the connection breaks, and becomes an artifact when it is whole and its hash is its
/// name. One writer a file at a time, on this and on other machines that share the folder. Safe for any thread.
/// </summary>
/// <param name="store">Where whole files go; the parts lie beside them, on the same disk.</param>
/// <param name="reserveBytes">Left free on the disk.</param>
public sealed class PartialFiles(ArtifactStore store, TimeProvider clock, long reserveBytes = Limits.ArtifactDiskReserveBytes)
{
    private const int BufferBytes = 128 * 1024;

    private readonly string _folder = Path.Combine(store.Root, "partial");
    private readonly ConcurrentDictionary<string, byte> _beingWritten = new(StringComparer.Ordinal);
    private int _count = -1;

    /// <summary>The store that whole files go to.</summary>
    public ArtifactStore Store => store;

    /// <summary>Bytes that have come so far; all of them when the artifact is in the store, or still has to be judged.</summary>
    public long OffsetOf(ArtifactRef artifact)
    {
        if (store.Exists(artifact))
        {
            return artifact.Bytes;
        }

        var part = new FileInfo(PathOf(artifact));
        return part.Exists ? part.Length : 0;
    }

    /// <summary>Goes on with a file at <paramref name="offset"/>, which must be where it stands, or 0 to begin anew.</summary>
    /// <returns>Where the file stands now; its full length when it has become an artifact, durably.</returns>
    /// <exception cref="FarmException">
    /// <c>ERR_CONFLICT</c>: another offset, or somebody else is writing it; <c>ERR_FARM_BUSY</c>: too many files are half-sent; <c>ERR_TOO_LARGE</c>;
    /// <c>ERR_ARTIFACT_CORRUPT</c>: the hash is not the name, and what had come is deleted; <c>ERR_DISK_FULL</c>, <c>ERR_NOT_WRITABLE</c>.
    /// </exception>
    public async Task<long> AppendAsync(ArtifactRef artifact, long offset, Stream content, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(content);
        if (artifact.Bytes is < 0 or > Limits.ArtifactBytesMax)
        {
            throw new FarmException(ErrorCodes.TooLarge, $"Artifact {artifact.Id} would have {artifact.Bytes} bytes; at most {Limits.ArtifactBytesMax} are stored.");
        }

        if (store.Claim(artifact))
        {
            await store.WriteAgainAsync(artifact, cancellation).ConfigureAwait(false);
            return artifact.Bytes;
        }

        var path = PathOf(artifact);
        if (!_beingWritten.TryAdd(path, 0))
        {
            throw BeingWritten(artifact, null);
        }

        try
        {
            var length = await WriteAsync(artifact, path, offset, content, cancellation).ConfigureAwait(false);
            if (length == artifact.Bytes)
            {
                await AdoptAsync(artifact, path, cancellation).ConfigureAwait(false);
            }

            return length;
        }
        finally
        {
            _beingWritten.TryRemove(path, out _);
        }
    }

    /// <summary>Forgets what has come of a file.</summary>
    public void Discard(ArtifactRef artifact) => Delete(PathOf(artifact));

    /// <summary>Removes files that nobody went on with for <see cref="Limits.PartialUploadHoursMax"/>.</summary>
    public void Sweep()
    {
        if (!Directory.Exists(_folder))
        {
            return;
        }

        var tooOld = clock.GetUtcNow().UtcDateTime.AddHours(-Limits.PartialUploadHoursMax);
        foreach (var path in Directory.EnumerateFiles(_folder))
        {
            if (File.GetLastWriteTimeUtc(path) < tooOld && !_beingWritten.ContainsKey(path))
            {
                Delete(path);
            }
        }
    }

    private async Task<long> WriteAsync(ArtifactRef artifact, string path, long offset, Stream content, CancellationToken cancellation)
    {
        var file = Open(artifact, path, offset);
        await using (file.ConfigureAwait(false))
        {
            RequireSpace(artifact, file.Length);
            var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
            try
            {
                int read;
                while ((read = await content.ReadAsync(buffer.AsMemory(0, BufferBytes), cancellation).ConfigureAwait(false)) > 0)
                {
                    if (file.Position + read > artifact.Bytes)
                    {
                        Delete(path);
                        throw new FarmException(ErrorCodes.TooLarge, $"More than the announced {artifact.Bytes} bytes came for artifact {artifact.Id}.");
                    }

                    await WriteAsync(file, path, buffer.AsMemory(0, read)).ConfigureAwait(false);
                }
            }
            finally
            {
                ArrayPool<byte>.Shared.Return(buffer);
            }

            return file.Position;
        }
    }

    // Not cancelled in the middle: what has come is worth keeping.
    private async Task WriteAsync(FileStream file, string path, ReadOnlyMemory<byte> bytes)
    {
        try
        {
            await file.WriteAsync(bytes, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception fault) when (IoFaults.IsKnown(fault))
        {
            Delete(path); // Of a full disk nobody wants a half file.
            throw IoFaults.Translate(fault, "write the artifact store");
        }
    }

    private FileStream Open(ArtifactRef artifact, string path, long offset)
    {
        FileStream file;
        try
        {
            CountNew(path);
            CreateOnlyFile.EnsureDirectory(_folder);
            file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.None, bufferSize: 0);
        }
        catch (IOException fault) when (File.Exists(path) && !IoFaults.IsUnwritableDisk(fault))
        {
            throw BeingWritten(artifact, fault);
        }
        catch (Exception fault) when (IoFaults.IsKnown(fault))
        {
            throw IoFaults.Translate(fault, "write the artifact store");
        }

        if (offset == 0)
        {
            file.SetLength(0);
        }
        else if (offset != file.Length)
        {
            var stands = file.Length;
            file.Dispose();
            throw new FarmException(
                ErrorCodes.Conflict, string.Create(CultureInfo.InvariantCulture, $"The file stands at {stands} bytes, not at {offset}."), "Ask where it stands and go on there.", retryable: true);
        }

        file.Seek(0, SeekOrigin.End);
        return file;
    }

    private async Task AdoptAsync(ArtifactRef artifact, string path, CancellationToken cancellation)
    {
        try
        {
            await store.AdoptAsync(path, artifact, cancellation).ConfigureAwait(false);
            Interlocked.Decrement(ref _count);
        }
        catch (FarmException fault) when (fault.Error.Code == ErrorCodes.ArtifactCorrupt)
        {
            Delete(path);
            throw;
        }
    }

    private void RequireSpace(ArtifactRef artifact, long present)
    {
        if (new DriveInfo(_folder).AvailableFreeSpace < artifact.Bytes - present + reserveBytes)
        {
            throw new FarmException(
                ErrorCodes.DiskFull, "Cannot store the artifact: the disk is full.", "Free some space on the disk of the artifacts; the sender tries again.", retryable: true);
        }
    }

    private void CountNew(string path)
    {
        if (File.Exists(path))
        {
            return;
        }

        if (_count < 0 || _count >= Limits.PartialUploadsMax)
        {
            Sweep();
            _count = Directory.Exists(_folder) ? Directory.EnumerateFiles(_folder).Count() : 0;
        }

        if (_count >= Limits.PartialUploadsMax)
        {
            throw new FarmException(ErrorCodes.FarmBusy, $"{_count} files are half-sent already.", "Wait until some are finished.", retryable: true);
        }

        Interlocked.Increment(ref _count);
    }

    // Its length is part of the name: who announces another length for the same hash writes another file.
    private string PathOf(ArtifactRef artifact) =>
        Serialization.Sha256Text.IsOne(artifact.Id.Sha256)
            ? Path.Combine(_folder, string.Create(CultureInfo.InvariantCulture, $"{artifact.Id.Sha256}.{artifact.Bytes}"))
            : throw new FarmException(ErrorCodes.InvalidArgument, "An artifact is named by 64 lower-case hexadecimal characters.");

    private void Delete(string path)
    {
        try
        {
            if (File.Exists(path))
            {
                File.Delete(path);
                Interlocked.Decrement(ref _count);
            }
        }
        catch (Exception fault) when (IoFaults.IsKnown(fault))
        {
            // Swept later.
        }
    }

    private static FarmException BeingWritten(ArtifactRef artifact, Exception? cause) => new(
        ErrorCodes.Conflict, $"Somebody else is sending artifact {artifact.Id}.", "Ask again in a second: it will be there or free.", retryable: true, cause);
}
