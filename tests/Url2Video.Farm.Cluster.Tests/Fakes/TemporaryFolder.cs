namespace Url2Video.Farm.Cluster.Tests.Fakes;

/// <summary>An empty folder for one test; gone afterwards.</summary>
public sealed class TemporaryFolder : IDisposable
{
    public string Root { get; } = Directory.CreateTempSubdirectory("u2v-cluster-").FullName;

    public string this[string name] => Path.Combine(Root, name);

    public void Dispose()
    {
        if (Environment.GetEnvironmentVariable("U2V_KEEP_TEST_FOLDERS") is null)
        {
            Directory.Delete(Root, recursive: true);
        }
    }
}
