using System.CommandLine;
using System.Text.Json;
using Url2Video.Farm.Api.Farm;
using Url2Video.Farm.Cli.Commands;
using Url2Video.Farm.Cli.Output;
using Url2Video.Farm.Cli.Pbm.Views;
using Url2Video.Farm.Core.Errors;

namespace Url2Video.Farm.Cli.Pbm;

/// <summary><c>pbm doctor</c>: looks at a farm as an operator does in the morning, each finding with what mends it.</summary>
internal static class FarmDoctor
{
    public static Command Create(PbmOptions options)
    {
        var command = new Command("doctor", "Looks whether all is well with a farm, and names what mends it.");
        command.SetAction(async (parsed, _) =>
        {
            using var reporter = Reporter.Create(options.IsJson(parsed));
            return (int)await Failing.GuardAsync(reporter, async () =>
            {
                using var interrupt = new Interrupt();
                using var farm = options.Answers(parsed);
                var checks = new List<ReplayCheck>();
                await foreach (var check in ChecksAsync(farm, interrupt.Token).ConfigureAwait(false))
                {
                    checks.Add(check);
                }

                return new View.Checks(ErrorCodes.FarmBusy, "checks").Show(JsonSerializer.SerializeToElement(new { checks }, Api.Hosting.ApiJson.Options), reporter);
            }).ConfigureAwait(false);
        });
        return command;
    }

    internal static async IAsyncEnumerable<ReplayCheck> ChecksAsync(IFarmAnswers farm, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        Task<JsonElement> Ask(string route) => farm.AskAsync(HttpMethod.Get, route, new Dictionary<string, object>(), cancellation);

        var members = View.Table.Rows(await Ask(FarmRoutes.Members).ConfigureAwait(false)).ToArray();
        yield return Check("servers", members.Where(m => Cells.Text(m, "reachable") == "no" || Cells.Text(m, "status") != "up").Select(m => $"{Cells.Text(m, "address")} is {Cells.Text(m, "status")}{(Cells.Text(m, "reachable") == "no" ? ", unreachable" : "")}"), $"{members.Length} up", "`pbm cluster down ADDRESS` takes out one that is dead for good");
        yield return Check("versions", members.Select(m => Cells.Text(m, "version")).Distinct().Skip(1).Select(v => $"also {v}"), "one version", "finish the rolling upgrade");

        var nodes = View.Table.Rows(await Ask(FarmRoutes.Nodes).ConfigureAwait(false)).Where(n => Cells.Text(n, "state") != "revoked").ToArray();
        yield return Check("nodes", nodes.Length == 0 ? ["none has joined"] : [], $"{nodes.Length} known", "`pbm node token`, then `url2video node join`");
        yield return Check("nodes seen", nodes.Where(n => Cells.Text(n, "seen") == "no").Select(n => Cells.Text(n, "name")), "all gave a sign of life lately", "look at these machines");
        yield return Check("quarantine", nodes.Where(n => Cells.Text(n, "state") == "quarantined" || Cells.Text(n, "doing") == "quarantined").Select(n => $"{Cells.Text(n, "name")} ({Cells.Text(n, "reason")})"), "nobody is suspected", "mend the node, then `pbm node pardon NODE`");

        var dead = View.Table.Rows(await Ask(FarmRoutes.DeadLetters).ConfigureAwait(false)).ToArray();
        yield return Check("dead jobs", dead.Select(d => $"{Cells.Text(d, "project")}/{Cells.Text(d, "job")}: {Cells.Text(d, "code")}"), "none", "`pbm deadletter requeue PROJECT` tries them again");

        var limits = View.Table.Rows(await Ask(FarmRoutes.LimitsOfFarm).ConfigureAwait(false));
        yield return Check("limits", limits.Where(l => Cells.Text(l, "max").Length == 0 && Cells.Number(l, "waiting") > 0).Select(l => $"{Cells.Text(l, "name")} is not defined and {Cells.Number(l, "waiting")} jobs wait for it"), "every limit that jobs name is defined", "`pbm limit set NAME MAX`");

        var store = Cells.At(await Ask(FarmRoutes.StoreCheck).ConfigureAwait(false), "checks").EnumerateArray().ToArray();
        yield return Check("store", store.Where(c => Cells.Text(c, "ok") == "no").Select(c => $"{Cells.Text(c, "name")}: {Cells.Text(c, "detail")}"), store.Length == 1 ? Cells.Text(store[0], "detail") : "sound", "`pbm store check` tells all; restore what is lost from a backup");
    }

    private static ReplayCheck Check(string name, IEnumerable<string> wrong, string well, string fix)
    {
        const int ToldMax = 5;
        var found = wrong.ToArray();
        return found.Length == 0 ? new(name, true, well)
            : new(name, false, $"{string.Join("; ", found.Take(ToldMax))}{(found.Length > ToldMax ? $" and {found.Length - ToldMax} more" : "")}. {fix}");
    }
}
