using System.Text;
using Url2Video.Farm.Cluster.Artifacts;
using Url2Video.Farm.Cluster.Artifacts.Sweeping;
using Url2Video.Farm.Cluster.Tests.Fakes;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Errors;

namespace Url2Video.Farm.Cluster.Tests.Artifacts.Sweeping;

/// <summary>What goes and what stays, also when it is killed or somebody writes meanwhile.</summary>
public sealed class ArtifactSweepTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ArtifactStore _store;
    private readonly ArtifactSweep _sweep;

    public ArtifactSweepTests()
    {
        _store = new ArtifactStore(_folder["artifacts"]);
        _sweep = new ArtifactSweep(_store, TimeProvider.System);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Run_TakesTheOldThatNothingNamesAndNothingElse()
    {
        var (named, fresh, over) = (await PutAsync("named", isOld: true), await PutAsync("fresh", isOld: false), await PutAsync("over", isOld: true));
        var marks = new ArtifactMarks();
        marks.Add(named.Id.Sha256);

        Assert.Equal(new SweepReport(2, 1, over.Bytes), _sweep.Run(marks, _sweep.Cutoff, dryRun: true, default));
        Assert.True(_store.Exists(over));
        Assert.Equal(new SweepReport(2, 1, over.Bytes), _sweep.Run(marks, _sweep.Cutoff, dryRun: false, default));

        Assert.Equal((true, true, false), (_store.Exists(named), _store.Exists(fresh), _store.Exists(over)));
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(_store.Root, "outgoing")));
    }

    [Theory]
    [InlineData("write")]
    [InlineData("claim")]
    public async Task Run_WhatWasStoredOrClaimedAgain_IsNewAgain(string how)
    {
        var artifact = await PutAsync("once more", isOld: true);

        Assert.True(how == "claim" ? _store.Claim(artifact) : await _store.WriteAsync("once more"u8.ToArray(), default) == artifact);

        Assert.Equal(0, _sweep.Run(new ArtifactMarks(), _sweep.Cutoff, dryRun: false, default).Swept);
        _store.Verify(artifact);
    }

    [Fact]
    public async Task Run_AfterAKillBetweenTheSteps_PutsBackWhatIsNamedOrClaimed()
    {
        var (named, claimed, over) = (await PutAsync("named", isOld: true), await PutAsync("claimed", isOld: false), await PutAsync("over", isOld: true));
        foreach (var artifact in new[] { named, claimed, over })
        {
            Directory.CreateDirectory(Path.Combine(_store.Root, "outgoing"));
            File.Move(PathOf(artifact), Path.Combine(_store.Root, "outgoing", artifact.Id.Sha256));
        }

        var marks = new ArtifactMarks();
        marks.Add(named.Id.Sha256);
        _sweep.Run(marks, _sweep.Cutoff, dryRun: false, default);

        Assert.Equal((true, true, false), (_store.Exists(named), _store.Exists(claimed), _store.Exists(over)));
    }

    [Fact]
    public async Task Run_WhileManyStoreTheSame_NeverTakesWhatSomebodyWasToldIsThere()
    {
        var bytes = Encoding.UTF8.GetBytes("wanted by all");
        using var stop = new CancellationTokenSource();
        var sweeping = Task.Run(() =>
        {
            while (!stop.IsCancellationRequested)
            {
                _sweep.Run(new ArtifactMarks(), _sweep.Cutoff, dryRun: false, default);
            }
        });

        for (var i = 0; i < 300; i++)
        {
            var artifact = await _store.WriteAsync(bytes, default);
            Assert.True(await ThereAsync(artifact));
            try
            {
                File.SetLastWriteTimeUtc(PathOf(artifact), Old);
            }
            catch (FileNotFoundException)
            {
                // Aside in this moment; it comes back.
            }
        }

        await stop.CancelAsync();
        await sweeping;
    }

    [Fact]
    public void Marks_FindHashesInAnyText()
    {
        var (one, two) = (new string('a', 64), string.Concat(Enumerable.Repeat("0123456789abcdef", 4)));
        var marks = new ArtifactMarks();
        marks.AddAll(Encoding.UTF8.GetBytes($"{{\"x\":\"{one}\",\"y\":[\"/play/{two}.png\"],\"short\":\"{new string('b', 63)}\"}}"));

        Assert.True(marks.Has(one) && marks.Has(two));
        Assert.False(marks.Has(new string('b', 64)));
        Assert.Equal(ErrorCodes.TooLarge, Assert.Throws<FarmException>(() => new ArtifactMarks(1).AddAll(Encoding.ASCII.GetBytes(one + " " + two))).Error.Code);
    }

    [Fact]
    public void Owners_TwoFarmsInOneFolder_NeitherSweeps()
    {
        var owners = new ArtifactOwners(_store.Root);
        owners.Add("one");
        owners.RequireOnly("one");
        owners.Add("two");

        Assert.Equal(ErrorCodes.Conflict, Assert.Throws<FarmException>(() => owners.RequireOnly("one")).Error.Code);
        Assert.Equal(ErrorCodes.Conflict, Assert.Throws<FarmException>(() => owners.RequireOnly("two")).Error.Code);
    }

    [Fact]
    public void Owners_AnEmbeddedFarmBesideIt_IsNotSwept()
    {
        var owners = new ArtifactOwners(_store.Root);
        owners.Add("one");
        File.WriteAllText(_folder["journal.db"], "");

        Assert.Equal(ErrorCodes.Conflict, Assert.Throws<FarmException>(() => owners.RequireOnly("one")).Error.Code);
    }

    private static DateTime Old => TimeProvider.System.GetUtcNow().UtcDateTime.AddHours(-Limits.UnnamedArtifactHours - 1);

    private string PathOf(ArtifactRef artifact) => Path.Combine(_store.Root, artifact.Id.Sha256[..2], artifact.Id.Sha256[2..]);

    // A file that is claimed amid its removal is put back: for that moment it is aside.
    private async Task<bool> ThereAsync(ArtifactRef artifact)
    {
        using var patience = new CancellationTokenSource(TestFarm.Patience);
        while (!_store.Exists(artifact))
        {
            await Task.Delay(1, patience.Token);
        }

        return true;
    }

    private async Task<ArtifactRef> PutAsync(string text, bool isOld)
    {
        var artifact = await _store.WriteAsync(Encoding.UTF8.GetBytes(text), default);
        if (isOld)
        {
            File.SetLastWriteTimeUtc(PathOf(artifact), Old);
        }

        return artifact;
    }
}
