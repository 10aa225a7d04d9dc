using Url2Video.Farm.Cli.Commands;
using Url2Video.Farm.Cli.Measuring;
using Url2Video.Farm.Cli.Output;

namespace Url2Video.Farm.Bench;

/// <summary>The kernels' figures as <c>url2video bench</c> has them, with as many rounds as are asked for.</summary>
internal static class KernelBench
{
    public static int Run(int rounds, string? resultsFolder)
    {
        var figures = KernelMeter.Measure(quick: false, rounds, Console.Error.WriteLine, CancellationToken.None);
        foreach (var line in SheetText.Lines(KernelReport.Table(figures)))
        {
            Console.WriteLine(line);
        }

        if (resultsFolder is not null)
        {
            BenchCommand.Write(Directory.CreateDirectory(resultsFolder).FullName, figures);
        }

        return 0;
    }
}
