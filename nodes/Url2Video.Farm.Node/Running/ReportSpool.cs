using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Url2Video.Farm.Cluster.Artifacts;
using Url2Video.Farm.Cluster.Serialization;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Jobs;

namespace Url2Video.Farm.Node.Running;

/// <summary>
/// Reports on disk until their jobs have dealt with them, one file each: a node that is killed tells in its next life what it had finished. One
/// writer; <see cref="Former"/> may be read from any thread.
/// </summary>
internal sealed class ReportSpool
{
    private const string Extension = ".json";

    private readonly string _root;
    private readonly long _epoch;
    private volatile int _former;

    private ReportSpool(string root, long epoch) => (_root, _epoch) = (root, epoch);

    /// <summary>Reports of former lives that nobody has dealt with yet.</summary>
    public int Former => _former;

    /// <summary>What former lives have left; a file that cannot be read is left aside and its job is granted anew.</summary>
    /// <param name="epoch">Of the present life.</param>
    public static (ReportSpool Spool, ImmutableArray<JobMessage> Kept) Open(string root, long epoch)
    {
        CreateOnlyFile.EnsureDirectory(root);
        var kept = ImmutableArray.CreateBuilder<JobMessage>();
        foreach (var path in Directory.EnumerateFiles(root).Order(StringComparer.Ordinal))
        {
            if (Path.GetExtension(path) == Extension && kept.Count < Limits.ReportsKeptPerNodeMax && Read(path) is { } report)
            {
                kept.Add(report);
            }
            else
            {
                File.Delete(path); // Half-written by a killed process, or of a version that is gone.
            }
        }

        return (new ReportSpool(root, epoch) { _former = kept.Count }, kept.ToImmutable());
    }

    /// <summary>Durable when it returns.</summary>
    /// <exception cref="IOException">The disk is full or gone; the report lives in memory only.</exception>
    public void Keep(Lease lease, JobMessage report)
    {
        var path = PathOf(lease);
        var temporary = path + ".tmp";
        using (var file = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None))
        {
            file.Write(FarmJson.Write<JobMessage>(report));
            file.Flush(flushToDisk: true);
        }

        File.Move(temporary, path, overwrite: true);
        LibC.FlushDirectory(_root);
    }

    public void Forget(Lease lease)
    {
        if (lease.Node.Epoch < _epoch)
        {
            Interlocked.Decrement(ref _former);
        }

        File.Delete(PathOf(lease)); // Not flushed: at worst it is sent once more and refused as stale.
    }

    // Names of jobs come from outside; a hash is no path.
    private string PathOf(Lease lease)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"{lease.Job}#{lease.Attempt}#{lease.Node.Epoch}");
        return Path.Combine(_root, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)))[..32] + Extension);
    }

    private static JobMessage? Read(string path)
    {
        try
        {
            return new FileInfo(path).Length <= Limits.LinkBytesToServerMax
                && FarmJson.Read(File.ReadAllBytes(path), typeof(JobMessage)) is JobMessage report and (JobMessage.Finished or JobMessage.Failed) ? report : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
