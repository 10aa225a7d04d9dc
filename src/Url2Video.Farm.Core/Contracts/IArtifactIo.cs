namespace Url2Video.Farm.Core.Contracts;

/// <summary>How a job reads the artifacts it was given and stores those it makes.</summary>
public interface IArtifactIo
{
    /// <summary>All bytes of an artifact, verified against its name.</summary>
    /// <param name="artifact">The file wanted.</param>
    /// <param name="bytesMax">A longer artifact is refused with <c>ERR_TOO_LARGE</c> before it is read.</param>
    /// <exception cref="Errors.FarmException"><c>ERR_ARTIFACT_MISSING</c>, <c>ERR_ARTIFACT_CORRUPT</c>, <c>ERR_TOO_LARGE</c>.</exception>
    ValueTask<byte[]> ReadAsync(ArtifactRef artifact, int bytesMax, CancellationToken cancellation);

    /// <summary>Stores the bytes durably under their SHA-256; storing the same bytes again is the same artifact.</summary>
    /// <exception cref="Errors.FarmException"><c>ERR_DISK_FULL</c>, <c>ERR_NOT_WRITABLE</c>.</exception>
    ValueTask<ArtifactRef> WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellation);
}
