using System.Runtime.Serialization;
using System.Security.Cryptography;
using System.Text.Json;
using Akka.Actor;
using Akka.Serialization;
using Url2Video.Farm.Cluster.Serialization;
using Url2Video.Farm.Core.Projects;

namespace Url2Video.Farm.Cluster.Persistence;

/// <summary>
/// The stored form of a snapshot: the build of the fold that made it, the state as JSON without its chunks, the chunks packed
/// (<see cref="PackedChunks"/>), a SHA-256 of it all. Another build, another form or one wrong bit, and it is refused; the journal is then
/// read instead. So a change of the fold can never meet a state that an older fold made.
/// </summary>
internal sealed class SnapshotSerializer(ExtendedActorSystem system) : SerializerWithStringManifest(system)
{
    /// <summary>Stands beside every snapshot: never change.</summary>
    public const int Id = 9_002;

    public const string ManifestWord = "u2v.project.snapshot.v1";

    /// <summary>What a database takes in one value without trouble; a film that needs more is read from its journal.</summary>
    private const int BytesMax = 256 * 1024 * 1024;

    /// <summary>The module version of Core: it differs between any two builds that differ.</summary>
    private static readonly Guid Fold = typeof(ProjectFold).Module.ModuleVersionId;

    public override int Identifier => Id;

    public override string Manifest(object o) => o is ProjectSnapshot ? ManifestWord : throw new SerializationException($"{o.GetType()} is no snapshot.");

    public override byte[] ToBinary(object obj) => Write(((ProjectSnapshot)obj).State);

    public override object FromBinary(byte[] bytes, string manifest) => manifest == ManifestWord
        ? new ProjectSnapshot(Read(bytes))
        : throw new SerializationException($"Snapshots of the form '{manifest}' are not known here.");

    public static byte[] Write(ProjectState state)
    {
        var json = FarmJson.Write(state with { Chunks = [] });
        using var stream = new MemoryStream(json.Length + 64 + (state.ChunksDone * 256));
        using (var writer = new BinaryWriter(stream, System.Text.Encoding.UTF8, leaveOpen: true))
        {
            writer.Write(Fold.ToByteArray());
            writer.Write(json.Length);
            writer.Write(json);
            PackedChunks.Write(writer, state.Chunks);
        }

        stream.Write(SHA256.HashData(stream.GetBuffer().AsSpan(0, (int)stream.Length)));
        return stream.Length <= BytesMax ? stream.ToArray() : throw new SerializationException($"A snapshot has {stream.Length} bytes; at most {BytesMax} go.");
    }

    /// <exception cref="SerializationException">Damaged, or of another build.</exception>
    public static ProjectState Read(byte[] bytes)
    {
        if (bytes.Length < 16 + SHA256.HashSizeInBytes || bytes.Length > BytesMax)
        {
            throw new SerializationException("The snapshot has no length that snapshots have.");
        }

        if (new Guid(bytes.AsSpan(0, 16)) != Fold)
        {
            throw new SerializationException("The snapshot was made by another build.");
        }

        var content = bytes.AsSpan(0, bytes.Length - SHA256.HashSizeInBytes);
        if (!SHA256.HashData(content).AsSpan().SequenceEqual(bytes.AsSpan(content.Length)))
        {
            throw new SerializationException("The snapshot is damaged.");
        }

        try
        {
            using var reader = new BinaryReader(new MemoryStream(bytes, 16, content.Length - 16, writable: false));
            var json = reader.ReadBytes(reader.ReadInt32());
            var state = (ProjectState)FarmJson.Read(json, typeof(ProjectState));
            return state with
            {
                Chunks = PackedChunks.Read(reader),
                Troubles = state.Troubles.WithComparers(StringComparer.Ordinal), // JSON knows no comparers.
                Remakes = state.Remakes.WithComparers(StringComparer.Ordinal),
            };
        }
        catch (Exception fault) when (fault is JsonException or NotSupportedException or IOException or ArgumentException)
        {
            throw new SerializationException($"The snapshot cannot be read: {fault.Message}", fault);
        }
    }
}
