using System.Diagnostics;
using System.Runtime.Serialization;
using Url2Video.Farm.Cluster.Persistence;
using Url2Video.Farm.Cluster.Serialization;
using Url2Video.Farm.Cluster.Tests.Fakes;
using Url2Video.Farm.Core.Projects;
using Xunit.Abstractions;

namespace Url2Video.Farm.Cluster.Tests.Persistence;

public sealed class SnapshotTests(ITestOutputHelper output)
{
    [Fact]
    public void Read_OfWhatWasWritten_IsTheSameState_AndAnyWrongBitIsSeen()
    {
        var (state, _) = Films.Begun(TestFarm.NewId(), 4);
        var bytes = SnapshotSerializer.Write(state);

        StateAssert.Same(state, SnapshotSerializer.Read(bytes));
        for (var i = 0; i < bytes.Length; i += 97)
        {
            var wrong = bytes.ToArray();
            wrong[i] ^= 1;
            Assert.Throws<SerializationException>(() => SnapshotSerializer.Read(wrong));
        }
    }

    /// <summary>The longest film that is allowed, in batches as they arrive: snapshots stay a small multiple of the state.</summary>
    [Fact]
    public void Policy_OverAHundredThousandEvents_WritesFewSnapshots()
    {
        var (snapshots, written, last) = (0, 0L, 0L);
        for (var nr = 1L; nr <= 200_000; nr++)
        {
            if (SnapshotPolicy.IsDue(nr, last))
            {
                (snapshots, written, last) = (snapshots + 1, written + nr, nr);
            }
        }

        Assert.InRange(snapshots, 5, 25);
        Assert.InRange(written, 0, 3 * 200_000);
        Assert.InRange(200_000 - last, 0, 200_000 / 3);
    }

    [Fact]
    public void Recovery_OfALongFilm_FromItsSnapshotIsQuickerThanFromItsEvents()
    {
        var id = TestFarm.NewId();
        var (begun, events) = Films.Begun(id, 2_000);
        var chunks = Enumerable.Range(1, begun.Chunks.Count - 1).Select(c => Films.Chunk(begun.Plan!, c)).ToList();
        var journal = events.Concat(chunks.Chunk(4).Select(some => (ProjectEvent)new ProjectEvent.ChunksFinished([.. some])))
            .Select(e => (Type: e.GetType(), Bytes: FarmJson.Write((object)e)))
            .ToList();

        var replay = Stopwatch.StartNew();
        var replayed = journal.Aggregate(new ProjectState(id), (s, e) => s.Apply((ProjectEvent)FarmJson.Read(e.Bytes, e.Type)));
        replay.Stop();
        var snapshot = SnapshotSerializer.Write(replayed);
        var load = Stopwatch.StartNew();
        var loaded = SnapshotSerializer.Read(snapshot);
        load.Stop();

        StateAssert.Same(replayed, loaded);
        var size = journal.Sum(e => (long)e.Bytes.Length);
        output.WriteLine($"{replayed.Chunks.Count} chunks: events {size / 1024} KiB read in {replay.ElapsedMilliseconds} ms; snapshot {snapshot.Length / 1024} KiB in {load.ElapsedMilliseconds} ms");
        Assert.True(snapshot.Length < size * 6 / 10, $"{snapshot.Length} of {size} bytes");
    }
}
