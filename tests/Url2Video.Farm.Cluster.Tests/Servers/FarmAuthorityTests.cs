using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Time.Testing;
using Url2Video.Farm.Cluster.Security;
using Url2Video.Farm.Cluster.Store;
using Url2Video.Farm.Cluster.Tests.Fakes;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Errors;

namespace Url2Video.Farm.Cluster.Tests.Servers;

public sealed class FarmAuthorityTests : IAsyncLifetime, IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero));
    private FarmDatabase _database = null!;
    private FarmAuthority _authority = null!;

    public async Task InitializeAsync()
    {
        _database = await FarmDatabase.OpenAsync(StoreUrl.OfFile(_folder["farm.db"]));
        _authority = await FarmAuthority.LoadOrCreateAsync(_database, _clock);
    }

    public async Task DisposeAsync() => await _database.DisposeAsync();

    public void Dispose()
    {
        _authority.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Load_Again_GivesTheSameAuthority()
    {
        using var again = await FarmAuthority.LoadOrCreateAsync(_database, _clock);

        Assert.Equal(_authority.Certificate.AsSpan(), again.Certificate.AsSpan());
        using var issued = again.IssueServer(["127.0.0.1"]);
        Assert.True(_authority.Verify(issued, CertificateRole.Server));
    }

    [Fact]
    public async Task Load_ByManyAtOnce_GivesAllTheSame()
    {
        using var other = new TemporaryFolder();
        await using var database = await FarmDatabase.OpenAsync(StoreUrl.OfFile(other["farm.db"]));

        var all = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => FarmAuthority.LoadOrCreateAsync(database, _clock)));

        Assert.All(all, a => Assert.Equal(all[0].Certificate.AsSpan(), a.Certificate.AsSpan()));
        Array.ForEach(all, a => a.Dispose());
    }

    [Fact]
    public void Verify_OfAServer_AcceptsItAsServerOnly()
    {
        using var server = _authority.IssueServer(["farm-1.example.test", "10.0.0.1"]);

        Assert.True(server.HasPrivateKey);
        Assert.Null(_authority.Refusal(server, CertificateRole.Server));
        Assert.False(_authority.Verify(server, CertificateRole.Node));
    }

    [Fact]
    public void Verify_OfANode_AcceptsItAsNodeOnly()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var node = _authority.IssueNode(Request(key), "node-7", TimeSpan.FromHours(24));

        Assert.False(node.HasPrivateKey);
        Assert.Equal("node-7", node.GetNameInfo(X509NameType.SimpleName, false));
        Assert.Null(_authority.Refusal(node, CertificateRole.Node));
        Assert.False(_authority.Verify(node, CertificateRole.Server));
    }

    [Fact]
    public void Verify_AfterItsEnd_RefusesIt()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var node = _authority.IssueNode(new PublicKey(key), "node-7", TimeSpan.FromHours(24));

        _clock.Advance(TimeSpan.FromHours(25));

        Assert.NotNull(_authority.Refusal(node, CertificateRole.Node));
    }

    [Fact]
    public async Task Verify_OfAnotherFarm_RefusesIt()
    {
        using var folder = new TemporaryFolder();
        await using var database = await FarmDatabase.OpenAsync(StoreUrl.OfFile(folder["farm.db"]));
        using var other = await FarmAuthority.LoadOrCreateAsync(database, _clock);
        using var server = other.IssueServer(["127.0.0.1"]);

        Assert.NotNull(_authority.Refusal(server, CertificateRole.Server));
    }

    [Fact]
    public void Verify_OfASelfMadeCertificateWithTheRoleWrittenIn_RefusesIt()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Url2Video.Farm authority", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(CertificateRoles.OidOf(CertificateRole.Server))], false));
        using var own = request.CreateSelfSigned(_clock.GetUtcNow().AddHours(-1), _clock.GetUtcNow().AddDays(1));

        Assert.NotNull(_authority.Refusal(own, CertificateRole.Server));
    }

    [Fact]
    public void Verify_OfTheAuthorityItself_RefusesIt()
    {
        using var root = X509CertificateLoader.LoadCertificate([.. _authority.Certificate]);

        Assert.False(root.HasPrivateKey);
        Assert.NotNull(_authority.Refusal(root, CertificateRole.Server));
    }

    [Fact]
    public void IssueNode_ForARequestSignedWithAnotherKey_IsRefused()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = Request(key);
        request[^5] ^= 1;

        Assert.Equal(ErrorCodes.InvalidArgument, Assert.Throws<FarmException>(() => _authority.IssueNode(request, "n", TimeSpan.FromHours(1))).Error.Code);
    }

    [Fact]
    public void IssueNode_ForAWeakKey_IsRefused()
    {
        using var key = RSA.Create(1024);
        var request = new CertificateRequest("CN=x", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSigningRequest();

        Assert.Throws<FarmException>(() => _authority.IssueNode(request, "n", TimeSpan.FromHours(1)));
    }

    [Fact]
    public void IssueNode_ForBytesBeyondTheBound_IsRefused() =>
        Assert.Throws<FarmException>(() => _authority.IssueNode(new byte[Limits.CertificateRequestBytesMax + 1], "n", TimeSpan.FromHours(1)));

    private static byte[] Request(ECDsa key) => new CertificateRequest("CN=whatever it says", key, HashAlgorithmName.SHA256).CreateSigningRequest();
}
