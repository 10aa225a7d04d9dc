using System.Net;
using System.Net.Http.Headers;
using Url2Video.Farm.Cluster.Artifacts;
using Url2Video.Farm.Cluster.Artifacts.Transfer;
using Url2Video.Farm.Cluster.Tests.Fakes;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Errors;

namespace Url2Video.Farm.Api.Tests.Artifacts;

public sealed class TransferTests : IAsyncLifetime, IDisposable
{
    private const int FileBytes = 3_000_000;
    private readonly TemporaryFolder _folder = new();
    private ArtifactServer _server = null!;

    public async Task InitializeAsync() => _server = await ArtifactServer.StartAsync(_folder["server"]);

    public async Task DisposeAsync() => await _server.DisposeAsync();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Upload_CutAtRandomPlaces_IsResumedUntilWhole(int seed)
    {
        var here = new ArtifactStore(_folder["here"]);
        var artifact = await here.WriteAsync(ArtifactServer.Bytes(FileBytes, seed), CancellationToken.None);
        using var cutting = new CuttingHandler(seed, cuts: 5, bytesMax: 1_000_000);
        using var http = new HttpClient(cutting);

        await Transfer(http).UploadAsync(artifact, here, CancellationToken.None);

        Assert.Equal(5, cutting.Cuts);
        _server.Store.Verify(artifact);
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(_server.Store.Root, "partial")));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Download_CutAtRandomPlaces_IsResumedUntilWhole(int seed)
    {
        var here = new ArtifactStore(_folder["here"]);
        var artifact = await _server.Store.WriteAsync(ArtifactServer.Bytes(FileBytes, seed), CancellationToken.None);
        using var cutting = new CuttingHandler(seed, cuts: 3, bytesMax: 900_000);
        using var http = new HttpClient(cutting);

        Assert.True(await Transfer(http).DownloadAsync(artifact, new PartialFiles(here, TimeProvider.System), CancellationToken.None));

        Assert.Equal(3, cutting.Cuts);
        here.Verify(artifact);
    }

    [Fact]
    public async Task Upload_ByTwoAtOnce_EndsWellForBoth()
    {
        var here = new ArtifactStore(_folder["here"]);
        var artifact = await here.WriteAsync(ArtifactServer.Bytes(FileBytes, 5), CancellationToken.None);
        using var http = new HttpClient();

        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Transfer(http).UploadAsync(artifact, here, CancellationToken.None)));

        _server.Store.Verify(artifact);
    }

    [Fact]
    public async Task Download_NobodyHasIt_SaysSo()
    {
        using var http = new HttpClient();
        var parts = new PartialFiles(new ArtifactStore(_folder["here"]), TimeProvider.System);

        Assert.False(await Transfer(http).DownloadAsync(ArtifactServer.RefOf([1, 2, 3]), parts, CancellationToken.None));
    }

    [Fact]
    public async Task Download_ServerHasOtherBytesUnderTheName_IsNeverBelieved()
    {
        var artifact = await _server.Store.WriteAsync(ArtifactServer.Bytes(5_000_000, 6), CancellationToken.None);
        var path = Path.Combine(_server.Store.Root, artifact.Id.Sha256[..2], artifact.Id.Sha256[2..]);
        File.Delete(path);
        File.WriteAllBytes(path, ArtifactServer.Bytes(5_000_000, 7));
        using var http = new HttpClient();
        var here = new ArtifactStore(_folder["here"]);

        var fault = await Assert.ThrowsAsync<FarmException>(() =>
            Transfer(http, tries: 2).DownloadAsync(artifact, new PartialFiles(here, TimeProvider.System), CancellationToken.None));

        Assert.Equal(ErrorCodes.ArtifactCorrupt, fault.Error.Code);
        Assert.False(here.Exists(artifact));
    }

    [Fact]
    public async Task Upload_NobodyListens_GivesUpWithAWayOut()
    {
        var here = new ArtifactStore(_folder["here"]);
        var artifact = await here.WriteAsync(new byte[] { 1 }, CancellationToken.None);
        var gone = new Uri("http://127.0.0.1:1/artifacts/");
        using var http = new HttpClient();
        var transfer = new ArtifactTransfer(http, (_, _, _) => ValueTask.FromResult(new TransferPartner(gone, null)), TimeProvider.System, triesMax: 2);

        var fault = await Assert.ThrowsAsync<FarmException>(() => transfer.UploadAsync(artifact, here, CancellationToken.None));

        Assert.Equal((ErrorCodes.ServerUnreachable, true), (fault.Error.Code, fault.Error.Retryable));
    }

    [SmallDiskFact]
    public async Task Put_DiskWithoutRoom_Is507AndLeavesNothing()
    {
        Directory.CreateDirectory(_folder["small"]);
        using var disk = new SmallDisk(_folder["small"], "2m");
        await using var server = await ArtifactServer.StartAsync(_folder["small"]);
        var bytes = ArtifactServer.Bytes(100_000, 8);
        var request = server.Request(HttpMethod.Put, FormattableString.Invariant($"/artifacts/{ArtifactServer.RefOf(bytes).Id}?bytes={bytes.Length}"));
        request.Content = new ByteArrayContent(bytes);
        using var http = new HttpClient();

        var answer = await http.SendAsync(request);

        Assert.Equal(HttpStatusCode.InsufficientStorage, answer.StatusCode);
        Assert.Contains(ErrorCodes.DiskFull, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Null(server.Store.Find(ArtifactServer.RefOf(bytes).Id));
    }

    [SmallDiskFact]
    public async Task Append_DiskFillsAmidTheFile_SaysSoAndFreesWhatHadCome()
    {
        Directory.CreateDirectory(_folder["small"]);
        using var disk = new SmallDisk(_folder["small"], "1m");
        var parts = new PartialFiles(new ArtifactStore(Path.Combine(_folder["small"], "artifacts")), TimeProvider.System, reserveBytes: 0);
        var bytes = ArtifactServer.Bytes(700_000, 9);
        var filling = new FillingStream(bytes, () => File.WriteAllBytes(Path.Combine(_folder["small"], "other"), new byte[600_000]));

        var fault = await Assert.ThrowsAsync<FarmException>(() => parts.AppendAsync(ArtifactServer.RefOf(bytes), 0, filling, CancellationToken.None));

        Assert.Equal(ErrorCodes.DiskFull, fault.Error.Code);
        Assert.Equal(0, parts.OffsetOf(ArtifactServer.RefOf(bytes)));
    }

    private ArtifactTransfer Transfer(HttpClient http, int tries = Limits.TransferTriesMax) => new(
        http,
        (_, _, _) => ValueTask.FromResult(new TransferPartner(new Uri(_server.Url, "/artifacts/"), new AuthenticationHeaderValue("Bearer", "node-a"))),
        TimeProvider.System,
        tries);

    /// <summary>Somebody else fills the disk after the first bytes have come.</summary>
    private sealed class FillingStream(byte[] bytes, Action fill) : MemoryStream(bytes)
    {
        private bool _isFilled;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (Position > 0 && !_isFilled)
            {
                _isFilled = true;
                fill();
            }

            return base.ReadAsync(buffer, cancellationToken);
        }
    }
}
