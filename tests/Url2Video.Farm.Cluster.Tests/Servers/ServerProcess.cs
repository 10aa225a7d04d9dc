using System.Diagnostics;
using Url2Video.Farm.Cluster.Store;
using Url2Video.Farm.Cluster.Tests.Fakes;

namespace Url2Video.Farm.Cluster.Tests.Servers;

/// <summary>A server in a process of its own, which a test may kill. It leaves in order when its input ends.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private readonly Process _process;

    private ServerProcess(Process process) => _process = process;

    public int Id => _process.Id;

    /// <summary>Starts one and returns when it is a member.</summary>
    public static async Task<ServerProcess> StartAsync(string storeUrl, string folder)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardInput = true, RedirectStandardOutput = true };
        string[] arguments = [typeof(ServerProcess).Assembly.Location, "server", storeUrl, folder];
        Array.ForEach(arguments, start.ArgumentList.Add);
        var server = new ServerProcess(Process.Start(start)!);
        Assert.StartsWith("up ", await server.ReadAsync(), StringComparison.Ordinal);
        return server;
    }

    /// <summary>The next line it says; null: it has ended.</summary>
    public async Task<string?> ReadAsync() => await _process.StandardOutput.ReadLineAsync().WaitAsync(TestFarm.Patience);

    /// <summary>SIGKILL: no farewell.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    public void Leave() => _process.StandardInput.Close();

    /// <summary>The other side: what such a process does.</summary>
    public static async Task<int> RunAsync(string storeUrl, string folder, Action<string> say)
    {
        await using var server = await TestServer.StartAsync(StoreUrl.Parse(storeUrl), folder);
        say($"up {server.Server.Self.Address}");
        var left = Console.In.ReadLineAsync();
        await Task.WhenAny(left, server.Server.Ended);
        var watch = Stopwatch.StartNew();
        await server.Server.StopAsync();
        say($"ended {await server.Server.Ended} {watch.ElapsedMilliseconds}");
        return 0;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await KillAsync();
        }

        _process.Dispose();
    }
}
