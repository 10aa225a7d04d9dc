using System.Globalization;
using Url2Video.Farm.Cluster.Serialization;
using Url2Video.Farm.Core;

namespace Url2Video.Farm.Cluster.Artifacts.Peers;

/// <summary>Artifacts that only this server has although two should: one empty file each, so that a restart forgets none.</summary>
internal sealed class OwedCopies(string root)
{
    private readonly string _folder = Path.Combine(root, "owed");

    public int Count => Directory.Exists(_folder) ? Directory.EnumerateFiles(_folder).Count() : 0;

    public void Add(ArtifactRef artifact)
    {
        try
        {
            CreateOnlyFile.EnsureDirectory(_folder);
            File.WriteAllBytes(PathOf(artifact), []);
            LibC.FlushDirectory(_folder);
        }
        catch (Exception fault) when (IoFaults.IsKnown(fault))
        {
            throw IoFaults.Translate(fault, "note an owed copy");
        }
    }

    public void Remove(ArtifactRef artifact) => File.Delete(PathOf(artifact));

    public IEnumerable<ArtifactRef> All()
    {
        if (!Directory.Exists(_folder))
        {
            yield break;
        }

        foreach (var name in Directory.EnumerateFiles(_folder).Select(Path.GetFileName).ToList())
        {
            if (name!.Split('.') is [var sha, var bytes]
                && Sha256Text.IsOne(sha)
                && long.TryParse(bytes, NumberStyles.None, CultureInfo.InvariantCulture, out var length))
            {
                yield return new ArtifactRef(new ArtifactId(sha), length);
            }
        }
    }

    private string PathOf(ArtifactRef artifact) => Path.Combine(_folder, string.Create(CultureInfo.InvariantCulture, $"{artifact.Id.Sha256}.{artifact.Bytes}"));
}
