using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Akka.Actor;
using Microsoft.Extensions.Logging;
using Url2Video.Farm.Cluster.Hosting;
using Url2Video.Farm.Cluster.Membership;
using Url2Video.Farm.Cluster.Security;
using Url2Video.Farm.Cluster.Store;
using Url2Video.Farm.Cluster.Tests.Fakes;
using Url2Video.Farm.Tests.Stores;

namespace Url2Video.Farm.Cluster.Tests.Servers;

/// <summary>Who may come through the port between servers.</summary>
public sealed class TlsTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [RequiresPostgresFact]
    public async Task Join_WithACertificateOfAnotherFarm_IsRefused()
    {
        await using var foreign = await FarmDatabase.OpenAsync(await postgres.Server.CreateDatabaseAsync());
        using var authority = await FarmAuthority.LoadOrCreateAsync(foreign, TimeProvider.System);
        using var certificate = authority.IssueServer(["127.0.0.1"]);

        await RefusedAsync(certificate);
    }

    [RequiresPostgresFact]
    public async Task Join_WithTheCertificateOfANodeOfThisFarm_IsRefused()
    {
        var store = await postgres.Server.CreateDatabaseAsync();
        await using var database = await FarmDatabase.OpenAsync(store);
        using var authority = await FarmAuthority.LoadOrCreateAsync(database, TimeProvider.System);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var issued = authority.IssueNode(new PublicKey(key), "node-7", TimeSpan.FromHours(1));
        using var certificate = issued.CopyWithPrivateKey(key);

        await RefusedAsync(certificate, store);
    }

    private async Task RefusedAsync(X509Certificate2 certificate, StoreUrl? store = null)
    {
        using var log = new RefusalLog();
        await using var server = await TestServer.StartAsync(store ?? await postgres.Server.CreateDatabaseAsync(), _folder.Root, logging: log);

        // The intruder trusts everybody, so that only the server can end this.
        var trusting = new Akka.Remote.Transport.DotNetty.DotNettySslSetup(certificate, false, true, false, (_, _, _, _, _) => true);
        var intruder = FarmSystem.StartServer(TestServer.SetupOf(server.Database, _folder.Root), trusting);
        try
        {
            Akka.Cluster.Cluster.Get(intruder.System).Join(Address.Parse(server.Server.Self.Address));

            await log.Refused.WaitAsync(TestFarm.Patience);
            Assert.Single(Akka.Cluster.Cluster.Get(server.Server.Farm.System).State.Members);
            Assert.True(server.Server.IsReady);
        }
        finally
        {
            await intruder.System.Terminate();
        }
    }

    private sealed class RefusalLog : ILoggerFactory, ILogger
    {
        private readonly TaskCompletionSource _refused = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Refused => _refused.Task;

        public ILogger CreateLogger(string categoryName) => this;

        public void AddProvider(ILoggerProvider provider)
        {
        }

        public void Dispose()
        {
        }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (formatter(state, exception).Contains("was refused", StringComparison.Ordinal))
            {
                _refused.TrySetResult();
            }
        }
    }
}
