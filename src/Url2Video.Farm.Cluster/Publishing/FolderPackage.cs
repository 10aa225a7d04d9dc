using Url2Video.Farm.Cluster.Artifacts;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Publishing;

namespace Url2Video.Farm.Cluster.Publishing;

/// <summary>
/// A package in the user's folder. While it is written, a small file there says which life of the project writes; an earlier life that
/// wakes up late finds it and stops. Two processes can meet between looking and renaming: then one file of an earlier state
/// may stand until the later life writes it again, which it does.
/// </summary>
internal sealed class FolderPackage(string outDir, PublishClaim claim, ArtifactStore artifacts) : IPackageTarget
{
    /// <summary>Not <c>.u2v-</c>: those are swept as leftovers.</summary>
    public const string ClaimFile = ".u2v_writer";

    private readonly FilePublisher _files = new(outDir, artifacts);
    private readonly string _claimPath = Path.Combine(outDir, ClaimFile);

    public SemaphoreSlim Gate => FolderGate.Of(outDir);

    public Task ClaimAsync(CancellationToken cancellation)
    {
        var present = Present();
        if (present is { } other && other.Project == claim.Project && !OutputClaim.MayWrite(claim.Term, other.Term))
        {
            throw PublishClaim.Superseded(claim.Project);
        }

        if (present != claim)
        {
            // A claim of another project is taken over: whoever orders two films into one folder gets the files of both.
            _files.PutText(ClaimFile, claim.ToString());
        }

        return Task.CompletedTask;
    }

    public Task PutArtifactAsync(string path, ArtifactRef file, bool share, CancellationToken cancellation)
    {
        Check();
        _files.PutArtifact(path, file, share);
        return Task.CompletedTask;
    }

    public Task PutTextAsync(string path, string text, CancellationToken cancellation)
    {
        Check();
        _files.PutText(path, text);
        return Task.CompletedTask;
    }

    public Task SyncAsync(CancellationToken cancellation)
    {
        _files.Sync();
        return Task.CompletedTask;
    }

    public Task PruneAsync(IReadOnlySet<string> keep, CancellationToken cancellation)
    {
        Check();
        _files.PrunePackage(keep);
        return Task.CompletedTask;
    }

    /// <summary>Takes the claim away: the folder is the user's. An earlier life that looks for its own claim does not find it and stops.</summary>
    public Task EndAsync(CancellationToken cancellation)
    {
        Check();
        _files.Delete(ClaimFile);
        return Task.CompletedTask;
    }

    public void Close() => _files.Close();

    private void Check()
    {
        if (Present() != claim)
        {
            throw PublishClaim.Superseded(claim.Project);
        }
    }

    private PublishClaim? Present()
    {
        try
        {
            return PublishClaim.TryParse(File.ReadAllText(_claimPath), out var present) ? present : null;
        }
        catch (FileNotFoundException)
        {
            return null;
        }
        catch (DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception fault) when (IoFaults.IsKnown(fault))
        {
            throw IoFaults.Translate(fault, $"read {ClaimFile} in {outDir}");
        }
    }
}
