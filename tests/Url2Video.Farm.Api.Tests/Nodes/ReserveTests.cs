using Url2Video.Farm.Cluster.Hosting;
using Url2Video.Farm.Cluster.Tests.Fakes;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Projects;

namespace Url2Video.Farm.Api.Tests.Nodes;

/// <summary>A node that hears of nobody goes on with what it holds in reserve.</summary>
public sealed class ReserveTests : IAsyncLifetime
{
    private const int Scenes = 4;

    private NodeFarm _farm = null!;

    public async Task InitializeAsync() => _farm = await NodeFarm.StartAsync();

    public async Task DisposeAsync() => await _farm.DisposeAsync();

    [Fact]
    public async Task Node_ThatNobodyGrantsAnything_BeginsItsReserves_AndTheFilmHasThemWhenItIsBack()
    {
        using var gate = new Gate(job => job.Work.Kind == JobKind.Render);
        var hand = new FakeFarmhand(Scenes) { Before = gate.PassAsync };
        await _farm.RegisterAsync(_farm.Url);
        var node = await _farm.JoinAsync("a", hand, workers: 1);
        var id = await _farm.SubmitAsync();
        await gate.SomeoneHeld;
        var reserved = await ReservedAsync(id);
        var before = hand.Worked.Count;

        var url = _farm.Url;
        await _farm.Http.StopAsync();
        await NodeFarm.UntilAsync(() => Task.FromResult(!node.IsLinked), "the link is gone");
        gate.Open();
        await NodeFarm.UntilAsync(() => Task.FromResult(hand.Worked.Count > before + 1), "a reserve is worked"); // One was at the gate.
        Assert.Contains(hand.Worked.ElementAt(before + 1), reserved);

        await using var again = await _farm.ListenAsync(change: options => options with { ListenUrls = [url.ToString()] });
        Assert.Equal(ProjectStage.Completed, (await _farm.FinishedAsync(id)).Stage);
        Assert.Equal(hand.Worked.Distinct(), hand.Worked);
    }

    /// <summary>Waits until a node holds jobs of this film in reserve.</summary>
    private async Task<IReadOnlyList<string>> ReservedAsync(ProjectId id)
    {
        var (farm, reserved) = (new SchedulingClient(_farm.System), new List<string>());
        await NodeFarm.UntilAsync(
            async () =>
            {
                reserved.Clear();
                foreach (var job in Enumerable.Range(0, 32).Select(JobNames.Render).Append("mix"))
                {
                    var why = await farm.ExplainAsync(new JobId(id, job));
                    if (why.Sentence.Contains("begins it by itself", StringComparison.Ordinal))
                    {
                        reserved.Add(job);
                    }
                }

                return reserved.Count > 0;
            },
            "a job is held in reserve");
        return reserved;
    }
}
