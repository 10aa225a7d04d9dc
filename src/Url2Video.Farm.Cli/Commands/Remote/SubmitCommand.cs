using System.CommandLine;
using System.Globalization;
using Url2Video.Farm.Cli.Farm;
using Url2Video.Farm.Cli.Options;
using Url2Video.Farm.Cli.Pbm.Views;
using Url2Video.Farm.Core.Errors;
using Url2Video.Farm.Core.Orders;

namespace Url2Video.Farm.Cli.Commands.Remote;

/// <summary><c>url2video submit</c>: orders a film on this machine that a farm makes.</summary>
internal static class SubmitCommand
{
    public static Command Create()
    {
        var options = new RenderOptions();
        var wait = new Option<bool>("--wait") { Description = "Return when the film is finished; with --out it is fetched." };
        var dryRun = new Option<bool>("--dry-run") { Description = "Judge the order, queue nothing." };
        var priority = new Option<string?>("--priority") { Description = "urgent, normal or low. Default: normal." };
        priority.AcceptOnlyFromAmong("urgent", "normal", "low");
        var limits = new Option<string?>("--limits") { Description = "Named limits (licences) that each job takes one of, with commas." };
        var key = new Option<string?>("--idempotency-key") { Description = "Ordering again with the same key gives the same film. Default: a new one." };
        return RemoteCommand.Create(
            "submit",
            "Orders a film at a farm: the same sources and options as render.",
            command =>
            {
                options.AddTo(command);
                foreach (Option option in new Option[] { wait, dryRun, priority, limits, key })
                {
                    command.Options.Add(option);
                }
            },
            async (parsed, context) =>
            {
                var arguments = options.Read(parsed);
                OrderBuilder.Build(arguments); // Better a sentence about an option now than one about a property from the server.
                var source = SourceReader.Read(arguments.Source, arguments.AllowPrivate);
                var isOutGiven = parsed.GetResult(options.Out) is { Implicit: false };
                var order = Body(arguments.Wishes, parsed.GetValue(priority), parsed.GetValue(limits), parsed.GetValue(dryRun));
                order["source"] = await source.SendAsync(context.Http, context.Interrupt).ConfigureAwait(false);
                var idempotency = parsed.GetValue(key) ?? Guid.NewGuid().ToString("N", CultureInfo.InvariantCulture);
                var film = await context.Films.OrderAsync(order, idempotency, context.Interrupt).ConfigureAwait(false);
                if (parsed.GetValue(dryRun))
                {
                    return new View.Facts().Show(film, context.Reporter);
                }

                var id = Cells.Text(film, "id");
                context.Reporter.Say($"Project {id}");
                if (parsed.GetValue(wait))
                {
                    return await RemoteWatching.RunAsync(context, id, isOutGiven ? arguments.Out : null).ConfigureAwait(false);
                }

                context.Reporter.Succeed([id], new Dictionary<string, object?> { ["project"] = id, ["status"] = Cells.Text(film, "status") });
                return ExitStatus.Success;
            });
    }

    internal static Dictionary<string, object> Body(OrderWishes wishes, string? priority, string? limits, bool dryRun)
    {
        (string Name, object? Value)[] said =
        [
            ("formats", wishes.Format),
            ("size", wishes.Size),
            ("aspect", wishes.Aspect),
            ("fps", wishes.Fps),
            ("seconds", wishes.Seconds),
            ("voice", wishes.Voice),
            ("language", wishes.Language),
            ("ladder", wishes.Ladder),
            ("loudness", wishes.Loudness),
            ("captions", wishes.Captions),
            ("music", wishes.NoMusic ? false : null),
            ("seed", wishes.Seed),
            ("preset", wishes.Preset),
            ("codecs", wishes.Codecs),
            ("profile", wishes.Profile),
            ("crf_shift", wishes.CrfShift),
            ("encoder", wishes.Encoder),
            ("trick_play", wishes.TrickPlay),
            ("quality", wishes.Quality),
            ("priority", priority),
            ("limits", limits?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)),
            ("dry_run", dryRun ? true : null),
        ];
        return said.Where(s => s.Value is not null).ToDictionary(s => s.Name, s => s.Value!);
    }
}
