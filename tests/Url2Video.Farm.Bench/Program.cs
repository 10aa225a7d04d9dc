using Url2Video.Farm.Bench;
using Url2Video.Farm.Bench.Trials;
using Url2Video.Farm.Cli.Measuring;

// dotnet run -c Release --project tests/Url2Video.Farm.Bench -- compose [seconds] [pairs] [workers]
//                                                                 -- kernels [rounds] [--results DIR]
//                                                                 -- gpu [rounds] [--results FILE]
//                                                                 -- motions [rounds]
//                                                                 -- frames STORYBOARD DATA OUT
//                                                                 -- quality [rounds]
//                                                                 -- dispatch [grants]
//                                                                 -- lives [projects] [scenes]
//                                                                 -- trials KIND|all [trials] [--json FILE] [--results FILE] [--keep]
//                                                                 -- latency [--jobs N] [--servers N] [--nodes N] [--json FILE]
//                                                                 -- links [--nodes N,N,...] [--servers 1|2] [--seconds S] [--jobs N] [--json FILE]
return args switch
{
    ["motions", .. var rest] => MotionBench.Run(Number(rest, 0, 5)),
    ["quality", .. var rest] => QualityBench.Run(Number(rest, 0, 5)),
    ["compose", .. var rest] => ComposeBench.Run(Number(rest, 0, 60), Number(rest, 1, 3), Number(rest, 2, Environment.ProcessorCount)),
    ["kernels", .. var rest] => KernelBench.Run(Number(rest, 0, KernelMeter.Rounds), Option(rest, "--results")),
    ["frames", var storyboard, var data, var output] => FramesBench.Run(storyboard, data, output),
    ["gpu", .. var rest] => GpuBench.Run(Number(rest, 0, 20), Option(rest, "--results")),
    ["dispatch", .. var rest] => DispatchBench.Run(Number(rest, 0, 200_000)),
    ["lives", .. var rest] => await LivesBench.RunAsync(Number(rest, 0, 40), Number(rest, 1, 250)),
    ["latency", .. var rest] => await LatencyBench.RunAsync(rest),
    ["links", .. var rest] => await LinksBench.RunAsync(rest),
    ["trials", var kind, .. var rest] => await TrialBench.RunAsync(kind, Number(rest, 0, 5), Option(rest, "--json"), Option(rest, "--results") ?? Default(kind), rest.Contains("--keep")),
    _ => Usage(),
};

static int Number(string[] rest, int index, int otherwise) =>
    rest.Length > index && !rest[index].StartsWith("--", StringComparison.Ordinal) ? int.Parse(rest[index], System.Globalization.CultureInfo.InvariantCulture) : otherwise;

static string? Option(string[] rest, string name) => Array.IndexOf(rest, name) is var at and >= 0 && at + 1 < rest.Length ? rest[at + 1] : null;

static string? Default(string kind) =>
    kind == "all" ? $"trials-{TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)}.md" : null;

static int Usage()
{
    Console.Error.WriteLine("usage: compose [seconds=60] [pairs=3] [workers=cores] | kernels [rounds=5] [--results DIR] | gpu [rounds=20] [--results FILE] | motions [rounds=5] | quality [rounds=5]"
        + " | frames STORYBOARD DATA OUT | dispatch [grants=200000] | lives [projects=40] [scenes=250]"
        + " | trials KIND|all [trials=5] [--json FILE] [--results FILE] [--keep]; `all` writes trials-DATE.md if it is not told where"
        + " | latency [--jobs 200] [--servers 1] [--nodes 2] [--json FILE]"
        + " | links [--nodes 100,250,500,1000,2000] [--servers 1|2] [--seconds 20] [--jobs 200] [--json FILE]");
    return 2;
}
