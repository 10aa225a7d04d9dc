using System.Security.Cryptography;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Errors;

namespace Url2Video.Farm.Content.Tests.Support;

/// <summary>Artifacts in memory, with the promises of the real store: named by content, bounded reads.</summary>
internal sealed class MemoryArtifacts : IArtifactIo
{
    private readonly Dictionary<ArtifactId, byte[]> _files = [];

    public int Count => _files.Count;

    public ArtifactRef Put(byte[] bytes)
    {
        var id = new ArtifactId(Convert.ToHexStringLower(SHA256.HashData(bytes)));
        _files[id] = bytes;
        return new ArtifactRef(id, bytes.Length);
    }

    public byte[] Get(ArtifactRef artifact) => _files[artifact.Id];

    public ValueTask<byte[]> ReadAsync(ArtifactRef artifact, int bytesMax, CancellationToken cancellation)
    {
        if (!_files.TryGetValue(artifact.Id, out var bytes))
        {
            throw new FarmException(ErrorCodes.ArtifactMissing, $"No artifact {artifact.Id}.");
        }

        return bytes.Length <= bytesMax
            ? ValueTask.FromResult(bytes)
            : throw new FarmException(ErrorCodes.TooLarge, "The artifact is too large.");
    }

    public ValueTask<ArtifactRef> WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellation) =>
        ValueTask.FromResult(Put(bytes.ToArray()));
}
