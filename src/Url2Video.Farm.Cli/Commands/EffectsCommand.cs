using System.CommandLine;
using System.Text.Json;
using Url2Video.Farm.Cli.Catalogue;
using Url2Video.Farm.Cli.Options;
using Url2Video.Farm.Cli.Output;
using Url2Video.Farm.Core.Errors;
using Url2Video.Farm.Core.Storyboards;

namespace Url2Video.Farm.Cli.Commands;

/// <summary><c>url2video effects</c>: what a storyboard may ask for in transitions, looks and effects, and how it looks.</summary>
internal static class EffectsCommand
{
    public static Command Create()
    {
        var common = new CommonOptions();
        var sheets = new Option<string?>("--sheets") { Description = "Render contact sheets of all of them (PNG) into this folder.", HelpName = "DIR" };
        var command = new Command("effects", "Lists the transitions, looks and effects a storyboard may name.");
        command.Options.Add(sheets);
        command.Options.Add(common.Json);
        command.SetAction(async (parsed, cancellation) =>
        {
            using var reporter = Reporter.Create(parsed.GetValue(common.Json));
            return (int)await Failing.GuardAsync(reporter, () => Task.FromResult(Run(parsed.GetValue(sheets), reporter, cancellation))).ConfigureAwait(false);
        });
        return command;
    }

    private static ExitStatus Run(string? folder, IReporter reporter, CancellationToken cancellation)
    {
        var files = folder is null ? [] : new CatalogueWriter(OutDirectory.Prepare(folder).Path).Write(cancellation);
        reporter.Succeed([.. Lines(), .. files], new Dictionary<string, object?>
        {
            ["transitions"] = Words<TransitionKind>(),
            ["looks"] = Enum.GetValues<LookName>().Select(n => Fields(n, LookTable.Of(n))).ToArray(),
            ["effects"] = EffectTable.All.Select(Fields).ToArray(),
            ["files"] = files,
        });
        return ExitStatus.Success;
    }

    private static IEnumerable<string> Lines() =>
    [
        $"TRANSITIONS  {string.Join(", ", Words<TransitionKind>())}",
        "",
        $"LOOKS        {string.Join(", ", Words<LookName>())}",
        "",
        $"{"EFFECT",-14} {"AMOUNT",-7} {"COUNT",-6} WHAT IT DOES (what amount says)",
        .. EffectTable.All.Select(f => FormattableString.Invariant($"{Word(f.Kind),-14} {f.Amount / 100m,-7:0.00} {f.Count,-6} {f.Summary} ({f.Meaning})")),
    ];

    private static Dictionary<string, object?> Fields(LookName name, LookNumbers look) => new()
    {
        ["name"] = Word(name),
        ["temperature"] = look.Kelvin,
        ["brightness"] = look.Brightness / 100m,
        ["contrast"] = look.Contrast / 100m,
        ["saturation"] = look.Saturation / 100m,
        ["sepia"] = look.Sepia / 100m,
        ["fade"] = look.Fade / 100m,
        ["curve"] = look.Curve / 100m,
        ["toning"] = look.Toning / 100m,
        ["shadows"] = look.Shadows.ToString(),
        ["highlights"] = look.Highlights.ToString(),
        ["vignette"] = look.Vignette / 100m,
        ["grain"] = look.Grain / 100m,
    };

    private static Dictionary<string, object?> Fields(EffectFacts facts) => new()
    {
        ["kind"] = Word(facts.Kind),
        ["summary"] = facts.Summary,
        ["amount"] = facts.Amount / 100m,
        ["amountMeans"] = facts.Meaning,
        ["count"] = facts.Count,
    };

    private static string[] Words<T>() where T : struct, Enum => [.. Enum.GetValues<T>().Select(Word)];

    private static string Word<T>(T value) where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}
