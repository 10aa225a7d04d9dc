using System.Collections.Immutable;
using Url2Video.Farm.Cluster.Serialization;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Projects;

namespace Url2Video.Farm.Cluster.Persistence;

/// <summary>
/// The finished chunks of a film in few bytes: hashes as 32 bytes each, what repeats (names, codecs, init segments) once. A third of the same
/// in JSON, and read several times as fast, which is what counts in a film of 100,000 chunks.
/// </summary>
internal static class PackedChunks
{
    public static void Write(BinaryWriter to, ImmutableList<FinishedChunk?> chunks)
    {
        var heads = new Dictionary<(string, string, ArtifactRef), int>();
        to.Write7BitEncodedInt(chunks.Count);
        foreach (var chunk in chunks)
        {
            if (chunk is null)
            {
                to.Write7BitEncodedInt(0);
                continue;
            }

            to.Write7BitEncodedInt(chunk.Rungs.Length + 1);
            to.Write7BitEncodedInt(chunk.Chunk);
            to.Write7BitEncodedInt64(chunk.Attempt);
            to.Write(chunk.Measure is not null);
            if (chunk.Measure is { } measure)
            {
                Write(to, measure);
            }

            foreach (var rung in chunk.Rungs)
            {
                Write(to, heads, rung);
            }
        }
    }

    public static ImmutableList<FinishedChunk?> Read(BinaryReader from)
    {
        var heads = new List<RungFiles>();
        var chunks = new FinishedChunk?[Count(from, Limits.ChunksPerProjectMax)];
        for (var i = 0; i < chunks.Length; i++)
        {
            var rungs = Count(from, int.MaxValue) - 1;
            if (rungs < 0)
            {
                continue;
            }

            var (chunk, attempt) = (from.Read7BitEncodedInt(), from.Read7BitEncodedInt64());
            ArtifactRef? measure = from.ReadBoolean() ? ReadArtifact(from) : null;
            var read = new RungFiles[rungs];
            for (var r = 0; r < rungs; r++)
            {
                read[r] = ReadRung(from, heads);
            }

            chunks[i] = new FinishedChunk(chunk, attempt, [.. read]) { Measure = measure };
        }

        return [.. chunks];
    }

    private static void Write(BinaryWriter to, Dictionary<(string, string, ArtifactRef), int> heads, RungFiles rung)
    {
        var head = (rung.Rung, rung.Codecs, rung.Init);
        if (heads.TryGetValue(head, out var index))
        {
            to.Write7BitEncodedInt(index + 1);
        }
        else
        {
            heads.Add(head, heads.Count);
            to.Write7BitEncodedInt(0);
            to.Write(rung.Rung);
            to.Write(rung.Codecs);
            Write(to, rung.Init);
        }

        to.Write7BitEncodedInt(rung.Segments.Length);
        foreach (var segment in rung.Segments)
        {
            to.Write7BitEncodedInt(segment.Index);
            Write(to, segment.File);
            to.Write7BitEncodedInt(segment.Frames);
        }
    }

    private static RungFiles ReadRung(BinaryReader from, List<RungFiles> heads)
    {
        var known = from.Read7BitEncodedInt();
        if (known == 0)
        {
            heads.Add(new RungFiles(from.ReadString(), from.ReadString(), ReadArtifact(from), []));
            known = heads.Count;
        }

        var segments = new SegmentFile[Count(from, Limits.ChunksPerProjectMax)];
        for (var i = 0; i < segments.Length; i++)
        {
            segments[i] = new(from.Read7BitEncodedInt(), ReadArtifact(from), from.Read7BitEncodedInt());
        }

        return heads[known - 1] with { Segments = [.. segments] };
    }

    private static void Write(BinaryWriter to, ArtifactRef artifact)
    {
        if (!Sha256Text.IsOne(artifact.Id.Sha256))
        {
            throw new ArgumentException("An artifact is named by 64 lower-case hexadecimal characters.", nameof(artifact));
        }

        to.Write(Convert.FromHexString(artifact.Id.Sha256));
        to.Write7BitEncodedInt64(artifact.Bytes);
    }

    private static ArtifactRef ReadArtifact(BinaryReader from) => new(new ArtifactId(Convert.ToHexStringLower(from.ReadBytes(32))), from.Read7BitEncodedInt64());

    private static int Count(BinaryReader from, int countMax)
    {
        var count = from.Read7BitEncodedInt();
        return count >= 0 && count <= countMax ? count : throw new IOException("A count is out of range.");
    }
}
