using Url2Video.Farm.Cluster.Persistence;
using Url2Video.Farm.Cluster.Tests.Fakes;
using Url2Video.Farm.Core.Errors;

namespace Url2Video.Farm.Cluster.Tests.Persistence;

public sealed class JournalReaderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Projects_OfAFarmKilledInItsFirstMoments_AreNone()
    {
        File.WriteAllBytes(_folder["journal.db"], []);
        var journal = new Cluster.Persistence.JournalReader(Path.GetDirectoryName(_folder["journal.db"])!);

        Assert.Empty(journal.Projects());
        var fault = Assert.Throws<FarmException>(() => journal.State(TestFarm.NewId()));
        Assert.Equal(ErrorCodes.ProjectNotFound, fault.Error.Code);
    }
}
