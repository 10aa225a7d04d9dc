using System.Text;
using System.Text.Json;
using Url2Video.Farm.Cluster.Serialization;
using Url2Video.Farm.Cluster.Tests.Fakes;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Planning;
using Url2Video.Farm.Core.Projects;

namespace Url2Video.Farm.Cluster.Tests.Serialization;

/// <summary>Members that came with I-frames and sheets: there when they are said, and not written where they are not.</summary>
public sealed class TrickPlayMembersTests
{
    private static readonly TrickPlayFiles s_files = new(
        new IFrameFile("avc1.64100d", 640, 360, File("iframes"), 800, [9_000, 8_000]), new ThumbnailFiles(192, 108, [File("sheet")]));

    [Fact]
    public void Write_WorkAndResultsOfTrickPlay_GiveTheGoldenBytesAndReadThemBack()
    {
        var assembled = Sample<JobResult.Assembled>() with { TrickPlay = s_files };
        var finished = WireSamples.Messages.OfType<ProjectEvent.FilmAssembled>().Single();

        Verify("JobWork.assemble-with-trick-play", typeof(JobWork), Sample<JobWork.Assemble>() with
        {
            TrickPlay = new TrickPlayWork(TrickPlayKinds.All, new Rung("360p", 640, 360, 23, "veryfast"), new RenditionFiles(File("init"), [File("segment")]), 64),
        });
        Verify("JobResult.assembled-with-trick-play", typeof(JobResult), assembled);
        Verify("ProjectEvent.film-assembled-with-trick-play", typeof(ProjectEvent.FilmAssembled), finished with { Result = assembled });
        Verify("ProjectRequest.without-trick-play", typeof(ProjectRequest), FakeFilm.Request() with { Encoding = new EncodingWishes { WithoutTrickPlay = TrickPlayKinds.IFrames } });
    }

    [Fact]
    public void Write_WhatWasPossibleBefore_HasNoneOfTheseMembers()
    {
        var all = string.Concat(WireSamples.Cases.Where(c => c.Case is JobWork or JobResult).Select(c => Encoding.UTF8.GetString(Bytes(c.Union, c.Case))))
            + Encoding.UTF8.GetString(Bytes(typeof(ProjectRequest), FakeFilm.Request() with { Encoding = new EncodingWishes { CrfShift = 1 } }));

        Assert.DoesNotContain("rickPlay", all, StringComparison.Ordinal);
    }

    /// <summary>A recovered project knows what its package is wound and sought by.</summary>
    [Fact]
    public void Read_AssembledEvent_KeepsEveryLengthAndFile()
    {
        var back = (JobResult.Assembled)FarmJson.Read(Bytes(typeof(JobResult), Sample<JobResult.Assembled>() with { TrickPlay = s_files }), typeof(JobResult));

        Assert.Equal(s_files.IFrames!.Bytes.AsEnumerable(), back.TrickPlay!.IFrames!.Bytes);
        Assert.Equal(s_files.All(), back.TrickPlay.All());
    }

    private static T Sample<T>() => WireSamples.Cases.Select(c => c.Case).OfType<T>().First();

    private static void Verify(string name, Type type, object value) =>
        GoldenFile.Verify(name, Bytes(type, value), old => Bytes(type, FarmJson.Read(old, type)!));

    private static byte[] Bytes(Type type, object value) => JsonSerializer.SerializeToUtf8Bytes(value, FarmJson.Options.GetTypeInfo(type));

    private static ArtifactRef File(string what) => new(new ArtifactId(FakeFilm.Hash(what)), what.Length);
}
