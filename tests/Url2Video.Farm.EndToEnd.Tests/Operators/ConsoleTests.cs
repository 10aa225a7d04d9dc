using Url2Video.Farm.Cli.Client;
using Url2Video.Farm.Core.Errors;
using Url2Video.Farm.EndToEnd.Tests.Support;

namespace Url2Video.Farm.EndToEnd.Tests.Operators;

/// <summary>The real program, without a farm.</summary>
public sealed class ConsoleTests
{
    [Fact]
    public async Task Version_AsJson_IsOneObject()
    {
        var version = await Url2VideoProgram.RunAsync("--version", "--json");

        Assert.Equal(0, version.Exit);
        Assert.NotEmpty(version.Result.GetProperty("version").GetString()!);
    }

    [Fact]
    public async Task Pbm_AtAServerThatIsNotThere_SaysSoAndEndsWithOne()
    {
        var nobody = await Url2VideoProgram.RunAsync("pbm", "cluster", "show", "--server", "http://127.0.0.1:9", "--key", "k", "--json");

        Assert.Equal((1, "ERR_SERVER_UNREACHABLE"), (nobody.Exit, nobody.Result.GetProperty("error").GetProperty("code").GetString()));
    }

    [Fact]
    public async Task Pbm_AskedForCompletions_GivesTheVerbs()
    {
        var verbs = await Url2VideoProgram.RunAsync("pbm", "[suggest:9]", "pbm node ");

        Assert.Equal(0, verbs.Exit);
        Assert.Contains("drain\n", verbs.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void Server_NamedByHand_DoesNotGetTheKeyOfTheProfile()
    {
        using var folder = new TempFolder();
        var path = Path.Combine(folder.Path, "profile.json");
        new Profile("https://farm.example/", "u2v_key").Write(path);

        var known = ServerAddress.Find(null, null, static _ => null, path);
        var refused = Assert.Throws<FarmException>(() => ServerAddress.Find("https://other.example", null, static _ => null, path));

        Assert.Equal(("https://farm.example/", "u2v_key"), (known!.Url.ToString(), known.Key));
        Assert.Equal(ErrorCodes.Unauthorized, refused.Error.Code);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        }
    }
}
