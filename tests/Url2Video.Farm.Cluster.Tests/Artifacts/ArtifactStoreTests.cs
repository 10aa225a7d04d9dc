using Url2Video.Farm.Cluster.Artifacts;
using Url2Video.Farm.Cluster.Tests.Fakes;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Errors;

namespace Url2Video.Farm.Cluster.Tests.Artifacts;

public sealed class ArtifactStoreTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ArtifactStore _store;

    public ArtifactStoreTests() => _store = new ArtifactStore(_folder["artifacts"]);

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(131_071)]
    [InlineData(131_073)]
    public async Task Put_AnyLength_IsNamedByItsHashAndReadsBack(int count)
    {
        var bytes = FakeFilm.Bytes("x", count)[..count];

        var artifact = await _store.PutAsync(new MemoryStream(bytes));

        Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes)), artifact.Id.Sha256);
        Assert.Equal(bytes, await _store.ReadAsync(artifact, count, CancellationToken.None));
        Assert.EndsWith(Path.Combine(artifact.Id.Sha256[..2], artifact.Id.Sha256[2..]), _store.PathOf(artifact), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Put_SameBytesByManyAtOnce_LeavesOneFileAndNoRemains()
    {
        var puts = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => _store.PutAsync(new MemoryStream([1, 2, 3])))));

        Assert.Single(puts.Distinct());
        Assert.Single(Directory.EnumerateFiles(_store.Root, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task Write_SameBytesAgain_LeavesTheFileAlone()
    {
        var first = await _store.WriteAsync(new byte[] { 1, 2, 3 }, CancellationToken.None);
        var writtenAt = File.GetLastWriteTimeUtc(_store.PathOf(first));

        var second = await _store.WriteAsync(new byte[] { 1, 2, 3 }, CancellationToken.None);

        Assert.Equal(first, second);
        Assert.Equal(writtenAt, File.GetLastWriteTimeUtc(_store.PathOf(second)));
    }

    [Fact]
    public async Task Adopt_FinishedFile_MovesItIn()
    {
        var path = _folder["made.bin"];
        File.WriteAllBytes(path, [9, 8, 7]);

        var artifact = await _store.AdoptAsync(path);

        Assert.False(File.Exists(path));
        Assert.Equal([9, 8, 7], await _store.ReadAsync(artifact, 3, CancellationToken.None));
    }

    [Fact]
    public void Read_NotThere_SaysMissing() => AssertCode(ErrorCodes.ArtifactMissing, () => _store.PathOf(Nobody(3)));

    [Fact]
    public async Task Read_OtherLength_SaysCorrupt()
    {
        var artifact = await _store.WriteAsync(new byte[] { 1, 2, 3 }, CancellationToken.None);

        AssertCode(ErrorCodes.ArtifactCorrupt, () => _store.PathOf(artifact with { Bytes = 4 }));
    }

    [Fact]
    public async Task OpenRead_BytesChangedOnDisk_IsFoundByAnotherProcess()
    {
        var artifact = await _store.WriteAsync(new byte[] { 1, 2, 3 }, CancellationToken.None);
        var path = _store.PathOf(artifact);
        File.Delete(path);
        File.WriteAllBytes(path, [1, 2, 4]);

        AssertCode(ErrorCodes.ArtifactCorrupt, () => new ArtifactStore(_store.Root).OpenRead(artifact).Dispose());
    }

    [Fact]
    public async Task Write_OverATornFile_PutsItRight()
    {
        var artifact = await _store.WriteAsync(new byte[] { 1, 2, 3 }, CancellationToken.None);
        var path = _store.PathOf(artifact);
        File.Delete(path);
        File.WriteAllBytes(path, [1]);

        await _store.WriteAsync(new byte[] { 1, 2, 3 }, CancellationToken.None);

        Assert.Equal([1, 2, 3], File.ReadAllBytes(path));
    }

    [Fact]
    public void PathOf_NameThatIsNoHash_NeverBecomesAPath() =>
        AssertCode(ErrorCodes.ArtifactMissing, () => _store.PathOf(new ArtifactRef(new ArtifactId("../../../../../../../../../../../../../etc/passwd/0123456789abcdef"), 1)));

    [Fact]
    public async Task Read_LongerThanWanted_IsRefusedBeforeItIsRead()
    {
        var artifact = await _store.WriteAsync(new byte[] { 1, 2, 3 }, CancellationToken.None);

        var fault = await Assert.ThrowsAsync<FarmException>(() => _store.ReadAsync(artifact, 2, CancellationToken.None).AsTask());

        Assert.Equal(ErrorCodes.TooLarge, fault.Error.Code);
    }

    [Fact]
    public async Task Put_FolderThatCannotBeMade_SaysNotWritable()
    {
        File.WriteAllText(_folder["file"], "in the way");
        var store = new ArtifactStore(Path.Combine(_folder["file"], "artifacts"));

        var fault = await Assert.ThrowsAsync<FarmException>(() => store.PutAsync(new MemoryStream([1])));

        Assert.Contains(fault.Error.Code, new[] { ErrorCodes.NotWritable, ErrorCodes.Internal });
    }

    [Fact]
    public void Translate_DiskThatIsFull_SaysSo()
    {
        // The device of Linux that is always full.
        var fault = Record.Exception(() => File.WriteAllBytes("/dev/full", [1]));

        var error = IoFaults.Translate(fault!, "write").Error;

        Assert.Equal((ErrorCodes.DiskFull, true), (error.Code, error.Retryable));
    }

    private static ArtifactRef Nobody(long bytes) => new(new ArtifactId(FakeFilm.Hash("nobody")), bytes);

    private static void AssertCode(string code, Action read) => Assert.Equal(code, Assert.Throws<FarmException>(read).Error.Code);
}
