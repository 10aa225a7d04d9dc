using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Url2Video.Farm.Cluster.Persistence;
using Url2Video.Farm.Cluster.Serialization;
using Url2Video.Farm.Cluster.Tests.Fakes;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Projects;
using Url2Video.Farm.Core.Quality;

namespace Url2Video.Farm.Cluster.Tests.Serialization;

/// <summary>Members that came with the quality stage: there when they are said, and not written where they are not.</summary>
public sealed class QualityMembersTests
{
    [Fact]
    public void Write_WorkAndResultsOfTheQualityStage_GiveTheGoldenBytesAndReadThemBack()
    {
        var render = Sample<JobWork.Render>();
        var rendered = Sample<JobResult.Rendered>();
        var mixed = Sample<JobResult.Mixed>();
        var finished = WireSamples.Messages.OfType<ProjectEvent.ChunksFinished>().Single();

        Verify("JobWork.render-for-a-gate", typeof(JobWork), render with { Quality = QualityMode.Gate });
        Verify("JobWork.mix-unmeasured", typeof(JobWork), Sample<JobWork.Mix>() with { Quality = QualityMode.Off });
        Verify("JobWork.assemble-judged", typeof(JobWork), Sample<JobWork.Assemble>() with
        {
            Quality = new QualityWork(QualityMode.Gate, 720, 64, 102_400, [File("tape")], File("sound"), -140, -15),
        });
        Verify("JobResult.rendered-and-measured", typeof(JobResult), rendered with { Measure = File("tape") });
        Verify("JobResult.mixed-and-measured", typeof(JobResult), mixed with { Measure = File("sound") });
        Verify("JobResult.assembled-and-judged", typeof(JobResult), Sample<JobResult.Assembled>() with { Verdict = new QualityVerdict(1, 2, ["QC_FLASH at 0:02.000"]) });
        Verify("ProjectEvent.chunks-finished-and-measured", typeof(ProjectEvent.ChunksFinished), finished with { Chunks = [finished.Chunks[0] with { Measure = File("tape") }] });
        Verify("ProjectRequest.gated", typeof(ProjectRequest), FakeFilm.Request() with { Quality = QualityMode.Gate });
    }

    [Fact]
    public void Write_WhatWasPossibleBefore_HasNoneOfTheseMembers()
    {
        var all = string.Concat(WireSamples.Cases.Where(c => c.Case is JobWork or JobResult).Select(c => Encoding.UTF8.GetString(Bytes(c.Union, c.Case))))
            + Encoding.UTF8.GetString(Bytes(typeof(ProjectRequest), FakeFilm.Request()));

        Assert.All(["\"quality\"", "\"measure\"", "\"verdict\""], name => Assert.DoesNotContain(name, all, StringComparison.Ordinal));
    }

    /// <summary>A recovered project knows what was measured of its chunks.</summary>
    [Fact]
    public void Snapshot_KeepsTheMeasuresOfChunks()
    {
        ImmutableArray<RungFiles> rungs = [new("1080p", "avc1.640028", File("init"), [new SegmentFile(0, File("segment"), 64)])];
        ImmutableList<FinishedChunk?> chunks = [new FinishedChunk(0, 7, rungs) { Measure = File("tape") }, null, new FinishedChunk(2, 9, rungs)];
        using var stream = new MemoryStream();
        using (var writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true))
        {
            PackedChunks.Write(writer, chunks);
        }

        stream.Position = 0;
        using var reader = new BinaryReader(stream);
        var back = PackedChunks.Read(reader);

        Assert.Equal([File("tape"), null, null], back.Select(c => c?.Measure));
        Assert.Equal([7L, null, 9L], back.Select(c => c?.Attempt));
    }

    private static T Sample<T>() => WireSamples.Cases.Select(c => c.Case).OfType<T>().First();

    private static void Verify(string name, Type type, object value) =>
        GoldenFile.Verify(name, Bytes(type, value), old => Bytes(type, FarmJson.Read(old, type)!));

    private static byte[] Bytes(Type type, object value) => JsonSerializer.SerializeToUtf8Bytes(value, FarmJson.Options.GetTypeInfo(type));

    private static ArtifactRef File(string what) => new(new ArtifactId(FakeFilm.Hash(what)), what.Length);
}
