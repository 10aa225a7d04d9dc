using Url2Video.Farm.Cluster.Tests.Fakes;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Errors;
using Url2Video.Farm.Core.Jobs;
using Url2Video.Farm.Node.Joining;
using Url2Video.Farm.Node.Running;

namespace Url2Video.Farm.Cluster.Tests.Link;

public sealed class ReportSpoolTests : IDisposable
{
    private static readonly JobKey Key = new(FakeFilm.Hash("key"));

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Open_InTheNextLife_GivesWhatWasNotAcknowledged()
    {
        var (spool, none) = ReportSpool.Open(_folder["reports"], 1);
        var (told, untold, failed) = (LeaseOf("a", 1), LeaseOf("../../b", 1), LeaseOf("c", 1));
        spool.Keep(told, new JobMessage.Finished(told, Key, new JobResult.Assembled([])));
        spool.Keep(untold, new JobMessage.Finished(untold, Key, new JobResult.Ingested(null, null, null, [])));
        spool.Keep(failed, new JobMessage.Failed(failed, Key, new FarmError(ErrorCodes.DiskFull, "Full.")));
        spool.Forget(told);

        var (next, kept) = ReportSpool.Open(_folder["reports"], 2);

        Assert.Empty(none);
        Assert.Equal((0, 2), (spool.Former, next.Former));
        Assert.Contains(kept, r => r is JobMessage.Finished { Result: JobResult.Ingested } f && f.Lease == untold);
        Assert.Contains(kept, r => r is JobMessage.Failed { Error.Code: ErrorCodes.DiskFull } f && f.Lease == failed);
        next.Forget(untold);
        next.Forget(failed);
        Assert.Equal(0, next.Former);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder["reports"]));
    }

    [Fact]
    public void Open_FilesThatAreNoReports_AreClearedAway()
    {
        Directory.CreateDirectory(_folder["reports"]);
        File.WriteAllText(Path.Combine(_folder["reports"], "a.json"), "{\"$is\":\"finis");
        File.WriteAllText(Path.Combine(_folder["reports"], "b.json.tmp"), "{}");
        File.WriteAllText(Path.Combine(_folder["reports"], "c.json"), """{"$is":"held","lease":{}}""");

        var (spool, kept) = ReportSpool.Open(_folder["reports"], 2);

        Assert.Empty(kept);
        Assert.Equal(0, spool.Former);
        Assert.Empty(Directory.EnumerateFiles(_folder["reports"]));
    }

    [Fact]
    public void Identity_KeyAndMembership_AreReadByTheirOwnerOnlyAndSurviveRenewal()
    {
        using var identity = NodeIdentity.Open(_folder["node"]);
        var first = Convert.ToBase64String("first"u8);
        identity.Adopt(new NodeMembership("a", ["http://127.0.0.1:1/"], first, first), null);
        var signed = identity.Sign(bytes => bytes);
        using var next = System.Security.Cryptography.ECDsa.Create(System.Security.Cryptography.ECCurve.NamedCurves.nistP256);
        identity.Adopt(identity.Membership! with { Certificate = Convert.ToBase64String("second"u8) }, next);

        using var again = NodeIdentity.Open(_folder["node"]);

        Assert.Equal("second"u8, Convert.FromBase64String(again.Membership!.Certificate));
        var (certificate, signature) = again.Sign(bytes => bytes);
        Assert.True(next.VerifyData(Convert.FromBase64String(certificate), signature, System.Security.Cryptography.HashAlgorithmName.SHA256));
        Assert.False(next.VerifyData(Convert.FromBase64String(signed.Certificate), signed.Signature, System.Security.Cryptography.HashAlgorithmName.SHA256));
        Assert.Equal(2, Directory.EnumerateFiles(_folder["node"]).Count());
        if (!OperatingSystem.IsWindows())
        {
            foreach (var file in Directory.EnumerateFiles(_folder["node"]))
            {
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
            }
        }
    }

    [Theory]
    [InlineData("http://example.test:80", false, false)]
    [InlineData("http://example.test:80", true, true)]
    [InlineData("http://127.0.0.1:8080/x?y", false, true)]
    [InlineData("https://example.test", false, true)]
    [InlineData("ftp://example.test", true, false)]
    [InlineData("https://user:secret@example.test", true, false)]
    [InlineData("example.test:8080", true, false)]
    public void Check_AddressOfAServer_IsEncryptedOrLocalOrAllowed(string url, bool insecure, bool good)
    {
        if (good)
        {
            Assert.Equal("/", ServerTrust.Check(url, insecure).PathAndQuery);
        }
        else
        {
            Assert.Equal(ErrorCodes.InvalidArgument, Assert.Throws<FarmException>(() => ServerTrust.Check(url, insecure)).Error.Code);
        }
    }

    [Fact]
    public void Ring_BrokenLink_TriesEveryOtherServerAtOnceThenWaits()
    {
        var ring = new ServerRing(new Uri("https://lb.test/"), false, new Random(1));
        ring.Learn(["https://a.test:1/", "http://clear.test/", "https://b.test:1/", "nonsense"]);

        var pauses = Enumerable.Range(0, 9).Select(_ => ring.Failed().TotalMilliseconds).ToArray();

        Assert.Equal(["https://a.test:1/", "https://b.test:1/", "https://lb.test/"], Enumerable.Range(0, 3).Select(_ => ring.Next().ToString()).Order(StringComparer.Ordinal));
        Assert.Equal([0, 0], pauses[..2]);
        Assert.All(pauses[2..], p => Assert.InRange(p, Limits.LinkBackoffMillis / 2, Limits.LinkBackoffMillisMax));
        ring.Succeeded();
        Assert.Equal(TimeSpan.Zero, ring.Failed());
    }

    private static Lease LeaseOf(string job, long epoch) => new(new JobId(new ProjectId("prj_1"), job), 1, new NodeIncarnation(new NodeId("n"), epoch));
}
