using System.Text;
using Url2Video.Farm.Core.Errors;
using Url2Video.Farm.Core.Plugins;
using Url2Video.Farm.Core.Storyboards;

namespace Url2Video.Farm.Core.Tests.Plugins;

public sealed class PluginManifestTests
{
    private const string Good = """
        { "schema": "url2video.plugin/1", "id": "old-film", "version": "1.2", "kind": "frameEffect", "entry": "bin/run", "permissions": ["scratch"],
          "parameters": [{ "name": "grain", "min": -1, "max": 2.5, "default": 0.1 }],
          "files": [{ "path": "z.txt", "sha256": "HASH" }, { "path": "bin/run", "sha256": "HASH" }] }
        """;

    private static readonly string s_good = Good.Replace("HASH", new string('b', 64), StringComparison.Ordinal);

    [Fact]
    public void Read_Good_HasEverything()
    {
        var manifest = Read(s_good);

        Assert.Equal(("old-film", "1.2", "bin/run"), (manifest.Id, manifest.Version, manifest.Entry));
        Assert.Equal(PluginPermission.Scratch, Assert.Single(manifest.Permissions));
        Assert.Equal(new PluginParameter("grain", -10_000, 25_000, 1_000, ""), Assert.Single(manifest.Parameters));
        Assert.Equal(["bin/run", "z.txt"], manifest.Files.Select(f => f.Path));
        Assert.Equal($"plugin:old-film#{manifest.Sha256[..12]}", manifest.Word);
    }

    [Theory]
    [InlineData("", 1)]
    [InlineData("\"protocol\": 1,", 1)]
    [InlineData("\"protocol\": 2,", 2)]
    public void Read_Protocol_IsOneWhereItIsNotSaid(string said, int protocol) =>
        Assert.Equal(protocol, Read(s_good.Replace("\"kind\"", said + "\"kind\"", StringComparison.Ordinal)).Protocol);

    [Fact]
    public void Read_OneByteChanged_IsAnotherPlugin() => Assert.NotEqual(Read(s_good).Sha256, Read(s_good + " ").Sha256);

    [Theory]
    [InlineData("url2video.plugin/1", "url2video.plugin/2", "/schema")]
    [InlineData("old-film", "Old Film", "/id")]
    [InlineData("old-film", "-old", "/id")]
    [InlineData("frameEffect", "codec", "/kind")]
    [InlineData("\"entry\"", "\"protocol\": 3, \"entry\"", "/protocol")]
    [InlineData("\"scratch\"", "\"network\"", "/permissions/0")]
    [InlineData("\"grain\"", "\"Grain\"", "/parameters/0/name")]
    [InlineData("2.5", "-2.5", "/parameters/0")]
    [InlineData("0.1 }", "2.6 }", "/parameters/0/default")]
    [InlineData("\"entry\": \"bin/run\"", "\"entry\": \"bin/walk\"", "/entry")]
    [InlineData("z.txt", "../z.txt", "/files/0")]
    [InlineData("z.txt", "plugin.json", "/files/0")]
    [InlineData("z.txt", "bin/run", "/files")]
    [InlineData("\"version\"", "\"versoin\"", "/versoin")]
    [InlineData("bbbb\" }]", "bbbB\" }]", "/files/1")]
    public void Read_Wrong_SaysWhere(string from, string to, string pointer)
    {
        var error = Assert.Throws<FarmException>(() => Read(s_good.Replace(from, to, StringComparison.Ordinal))).Error;

        Assert.Equal(ErrorCodes.PluginInvalid, error.Code);
        Assert.Contains(pointer + ":", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("nothing")]
    public void Read_NoManifest_IsInvalid(string text) => Assert.Equal(ErrorCodes.PluginInvalid, Assert.Throws<FarmException>(() => Read(text)).Error.Code);

    [Fact]
    public void Digest_SceneWithPlugin_NeedsItAndNobodyElseDoes()
    {
        var board = StoryboardReader.Read(Encoding.UTF8.GetBytes(
            $$$"""{"schema":"url2video.storyboard/1","title":"T","scenes":[{"say":"a"},{"say":"b","plugins":[{"id":"vintage","sha256":"{{{new string('c', 64)}}}","parameters":{"b":1,"a":0.5}}]}]}""")).Require();

        var facts = StoryboardDigest.FactsOf(board);

        Assert.Null(facts.Scenes[0].PictureNeeds);
        Assert.Equal("plugin:vintage#cccccccccccc", Assert.Single(facts.Scenes[1].PictureNeeds!.Value));
        Assert.Equal((PluginValue[])[new("a", 5_000), new("b", 10_000)], board.Scenes[1].Plugins[0].Parameters.ToArray());
    }

    [Theory]
    [InlineData("\"id\":\"Vintage\"", "/scenes/0/plugins/0/id")]
    [InlineData("\"sha256\":\"abc\"", "/scenes/0/plugins/0/sha256")]
    [InlineData("\"parameters\":[]", "/scenes/0/plugins/0/parameters")]
    [InlineData("\"parameters\":{\"a b\":1}", "/scenes/0/plugins/0/parameters")]
    [InlineData("\"parameters\":{\"a\":\"x\"}", "/scenes/0/plugins/0/parameters/a")]
    [InlineData("\"seed\":-1", "/scenes/0/plugins/0/seed")]
    public void Scene_WrongPlugin_SaysWhere(string member, string pointer)
    {
        var id = member.StartsWith("\"id\"", StringComparison.Ordinal) ? "" : "\"id\":\"vintage\",";
        var hash = member.StartsWith("\"sha256\"", StringComparison.Ordinal) ? "" : $"\"sha256\":\"{new string('c', 64)}\",";
        var reading = StoryboardReader.Read(Encoding.UTF8.GetBytes(
            $"{{\"schema\":\"url2video.storyboard/1\",\"title\":\"T\",\"scenes\":[{{\"say\":\"a\",\"plugins\":[{{{id}{hash}{member}}}]}}]}}"));

        Assert.StartsWith(pointer + ":", Assert.Single(reading.Errors).Message, StringComparison.Ordinal);
    }

    private static PluginManifest Read(string text) => PluginManifestReader.Read(Encoding.UTF8.GetBytes(text), "test");
}
