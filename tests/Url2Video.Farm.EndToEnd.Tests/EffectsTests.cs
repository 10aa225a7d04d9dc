using Url2Video.Farm.EndToEnd.Tests.Support;
using Xunit;

namespace Url2Video.Farm.EndToEnd.Tests;

public sealed class EffectsTests
{
    [Fact]
    public async Task Effects_AsJson_ListsWhatAStoryboardMayName()
    {
        var listed = await Url2VideoProgram.RunAsync("effects", "--json");

        Assert.Equal(0, listed.Exit);
        Assert.InRange(listed.Result.GetProperty("transitions").GetArrayLength(), 22, 100);
        Assert.InRange(listed.Result.GetProperty("looks").GetArrayLength(), 12, 100);
        Assert.InRange(listed.Result.GetProperty("effects").GetArrayLength(), 40, 100);
        Assert.Contains(listed.Result.GetProperty("looks").EnumerateArray(), l => l.GetProperty("name").GetString() == "vintage"
            && l.GetProperty("sepia").GetDecimal() == 0.7m && l.GetProperty("grain").GetDecimal() == 0.1m);
    }

    [Fact]
    public async Task Effects_WithSheets_WritesPicturesOfAllOfThem()
    {
        using var folder = new TempFolder();

        var rendered = await Url2VideoProgram.RunAsync("effects", "--sheets", folder["sheets"], "--json");

        Assert.Equal(0, rendered.Exit);
        var files = rendered.Result.GetProperty("files").EnumerateArray().Select(f => f.GetString()!).ToArray();
        Assert.Equal(10, files.Length);
        Assert.All(files, f => Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], File.ReadAllBytes(f)[..4]));
    }
}
