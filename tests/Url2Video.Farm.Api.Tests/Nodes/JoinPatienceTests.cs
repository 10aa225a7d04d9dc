using Url2Video.Farm.Cluster.Tests.Fakes;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Errors;
using Url2Video.Farm.Node.Joining;

namespace Url2Video.Farm.Api.Tests.Nodes;

/// <summary>Nodes that are started before their farm.</summary>
public sealed class JoinPatienceTests
{
    [Fact]
    public async Task Join_BeforeTheServerListens_GetsInWhenItDoes()
    {
        await using var farm = await NodeFarm.StartAsync();
        var url = $"http://127.0.0.1:{FreePort()}";
        using var folder = new TemporaryFolder();
        var said = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        var options = new NodeHostOptions { Server = url, Token = await farm.TokenAsync(), Name = "early", DataDir = folder.Root, Waiting = line => said.TrySetResult(line) };
        using var patience = new CancellationTokenSource(TestFarm.Patience);

        var joining = NodeHost.StartAsync(options, new FakeFarmhand(1).Works, patience.Token);
        var line = await said.Task.WaitAsync(TestFarm.Patience);
        await using var http = await farm.ListenAsync(change: o => o with { ListenUrls = [url] });
        await using var node = await joining;

        Assert.Contains("The next try is in", line, StringComparison.Ordinal);
        await NodeFarm.UntilAsync(() => Task.FromResult(node.IsLinked), "it is linked");
    }

    [Fact]
    public async Task Join_OnceAndNobodyListens_GivesUp()
    {
        using var folder = new TemporaryFolder();
        await using var farm = await NodeFarm.StartAsync();
        var options = new NodeHostOptions
        {
            Server = $"http://127.0.0.1:{FreePort()}", Token = await farm.TokenAsync(), Name = "early", DataDir = folder.Root, JoinOnce = true,
        };

        var fault = await Assert.ThrowsAsync<FarmException>(() => NodeHost.StartAsync(options, new FakeFarmhand(1).Works));

        Assert.Equal(ErrorCodes.ServerUnreachable, fault.Error.Code);
    }

    [Fact]
    public async Task Run_WhatAServerRefuses_IsNotTriedAgain()
    {
        var tries = 0;

        var fault = await Assert.ThrowsAsync<FarmException>(() => new JoinPatience(false, _ => { }, TimeProvider.System).RunAsync(
            () =>
            {
                tries++;
                throw new FarmException(ErrorCodes.JoinRefused, "The join token is wrong.");
            },
            CancellationToken.None));

        Assert.Equal((ErrorCodes.JoinRefused, 1), (fault.Error.Code, tries));
    }

    private static int FreePort()
    {
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        return ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
    }

    [Fact]
    public void PauseAfter_GrowsAndIsBounded()
    {
        Assert.True(JoinPatience.PauseAfter(1) < JoinPatience.PauseAfter(2));
        Assert.Equal(TimeSpan.FromMilliseconds(Limits.LinkBackoffMillisMax), JoinPatience.PauseAfter(1_000_000));
    }
}
