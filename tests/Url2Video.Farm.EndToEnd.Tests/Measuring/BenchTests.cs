using Url2Video.Farm.EndToEnd.Tests.Support;

namespace Url2Video.Farm.EndToEnd.Tests.Measuring;

public sealed class BenchTests
{
    [Fact]
    public async Task Bench_QuickOfKernels_TellsFiguresAndWritesTableAndPlot()
    {
        using var folder = new TempFolder();

        var made = await Url2VideoProgram.RunAsync("bench", "--quick", "--only", "kernels", "--json", "--out", folder["bench"]);

        Assert.True(made.Exit == 0, made.Error);
        var rows = made.Json.Where(j => j.GetProperty("type").GetString() == "row").ToArray();
        Assert.Equal("copy", rows[0].GetProperty("name").GetString());
        Assert.Equal(1, rows[0].GetProperty("copyRatio").GetDouble());
        Assert.All(rows, r => Assert.InRange(r.GetProperty("millis").GetDouble(), 0.0001, 10_000));
        Assert.All(made.Result.GetProperty("files").EnumerateArray(), f => Assert.True(new FileInfo(f.GetString()!).Length > 100));
    }

    [Fact]
    public async Task Bench_OfSomethingUnknown_IsRefusedByName()
    {
        var refused = await Url2VideoProgram.RunAsync("bench", "--only", "everything", "--json");

        Assert.Equal(2, refused.Exit);
        Assert.Equal("ERR_INVALID_ARGUMENT", refused.Result.GetProperty("error").GetProperty("code").GetString());
    }
}
