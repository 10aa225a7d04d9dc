using Url2Video.Farm.Core.Errors;

namespace Url2Video.Farm.Cluster.Artifacts.Sweeping;

/// <summary>
/// Which farms use a folder of artifacts: each writes its name there. A farm knows what its own films name and nothing of another's, so it sweeps
/// only a folder that is its alone.
/// </summary>
internal sealed class ArtifactOwners(string root)
{
    /// <summary>Of the farm inside <c>url2video render</c>, beside its artifacts.</summary>
    private const string EmbeddedJournal = "journal.db";

    private readonly string _folder = Path.Combine(root, "owners");

    /// <exception cref="FarmException"><c>ERR_NOT_WRITABLE</c>, <c>ERR_DISK_FULL</c>.</exception>
    public void Add(string farm)
    {
        try
        {
            Directory.CreateDirectory(_folder);
            File.WriteAllBytes(Path.Combine(_folder, farm), []);
        }
        catch (Exception fault) when (IoFaults.IsKnown(fault))
        {
            throw IoFaults.Translate(fault, "write the artifact store");
        }
    }

    /// <exception cref="FarmException"><c>ERR_CONFLICT</c>: others' films may need what lies here.</exception>
    public void RequireOnly(string farm)
    {
        if (File.Exists(Path.Combine(root, "..", EmbeddedJournal)))
        {
            throw new FarmException(ErrorCodes.Conflict, "The folder of artifacts also holds what `url2video render` made.", "Give the servers a folder of their own.");
        }

        if (!Directory.Exists(_folder) || Directory.EnumerateFiles(_folder).Select(Path.GetFileName).Any(name => name != farm) || !File.Exists(Path.Combine(_folder, farm)))
        {
            throw new FarmException(ErrorCodes.Conflict, "Another farm uses the same folder of artifacts.", "Give each farm a folder of its own; the names are in its folder owners.");
        }
    }
}
