using System.Text;
using System.Text.Json;
using Url2Video.Farm.Cluster.Serialization;
using Url2Video.Farm.Cluster.Tests.Fakes;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Planning;

namespace Url2Video.Farm.Cluster.Tests.Serialization;

/// <summary>Members that came with the formats: there when they are said, and not written where they are not.</summary>
public sealed class FormatMembersTests
{
    private static readonly Rung s_rung = new("1080p-vp9", 1920, 1080, 31, "4") { Codec = VideoCodec.Vp9, IsFileOnly = true };

    [Fact]
    public void Write_WorkOfFormats_GivesTheGoldenBytesAndReadsThemBack()
    {
        var render = WireSamples.Cases.Select(c => c.Case).OfType<JobWork.Render>().First();
        var mix = WireSamples.Cases.Select(c => c.Case).OfType<JobWork.Mix>().First();
        var assemble = WireSamples.Cases.Select(c => c.Case).OfType<JobWork.Assemble>().First();
        var files = new RenditionFiles(File("init"), [File("segment")]);

        Verify("JobWork.render-of-formats", typeof(JobWork), render with { Ladder = [s_rung, s_rung with { Codec = VideoCodec.Av1, IsNvenc = true }] });
        Verify("JobWork.mix-that-keeps-its-track", typeof(JobWork), mix with { KeepsTrack = true });
        Verify("JobWork.assemble-of-formats", typeof(JobWork), assemble with
        {
            Formats = OutputFormats.WebM | OutputFormats.Wav24,
            Sources = new FileSources([new FileRendition(s_rung, files)], File("track")),
        });
    }

    [Fact]
    public void Write_ResultsAndOrdersOfFormats_GiveTheGoldenBytesAndReadThemBack()
    {
        var mixed = WireSamples.Cases.Select(c => c.Case).OfType<JobResult.Mixed>().First();
        var wishes = new EncodingWishes { Codecs = [VideoCodec.Hevc], Profile = EncodingProfile.Fast, CrfShift = -2, Nvenc = true, SecondsMax = 60, Preset = "tiktok" };

        Verify("JobResult.mixed-with-its-track", typeof(JobResult), mixed with { Track = File("track") });
        Verify("ProjectRequest.of-formats", typeof(ProjectRequest), FakeFilm.Request(OutputFormats.Mp4 | OutputFormats.Avi) with { Encoding = wishes });
        var back = (ProjectRequest)FarmJson.Read(Bytes(typeof(ProjectRequest), FakeFilm.Request() with { Encoding = wishes }), typeof(ProjectRequest))!;
        Assert.Equal(wishes, back.Encoding);
    }

    [Fact]
    public void Write_WhatWasPossibleBefore_HasNoneOfTheseMembers()
    {
        var all = string.Concat(WireSamples.Cases.Where(c => c.Case is JobWork or JobResult).Select(c => Encoding.UTF8.GetString(Bytes(c.Union, c.Case))))
            + Encoding.UTF8.GetString(Bytes(typeof(ProjectRequest), FakeFilm.Request()));

        foreach (var name in new[] { "codec\"", "isFileOnly", "isNvenc", "keepsTrack", "sources", "track", "encoding" })
        {
            Assert.DoesNotContain($"\"{name}", all, StringComparison.Ordinal);
        }
    }

    private static void Verify(string name, Type type, object value)
    {
        GoldenFile.Verify(name, Bytes(type, value), old => Bytes(type, FarmJson.Read(old, type)!));
    }

    private static byte[] Bytes(Type type, object value) => JsonSerializer.SerializeToUtf8Bytes(value, FarmJson.Options.GetTypeInfo(type));

    private static ArtifactRef File(string what) => new(new ArtifactId(FakeFilm.Hash(what)), what.Length);
}
