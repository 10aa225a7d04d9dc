using System.CommandLine;
using Url2Video.Farm.Cli.Options;
using Url2Video.Farm.Cli.Output;
using Url2Video.Farm.Core.Errors;
using Url2Video.Farm.Media.Speech;

namespace Url2Video.Farm.Cli.Commands;

/// <summary><c>url2video voices</c>: what can speak on this machine, and how well, honestly.</summary>
internal static class VoicesCommand
{
    public static Command Create()
    {
        var common = new CommonOptions();
        var language = new Argument<string?>("language") { Description = "Only voices of this language, e.g. en or de.", Arity = ArgumentArity.ZeroOrOne };
        var command = new Command("voices", "Lists the voices of this machine: id, language, quality from A (good) to D (barely).");
        command.Arguments.Add(language);
        command.Options.Add(common.Json);
        command.SetAction(async (parsed, cancellation) =>
        {
            using var reporter = Reporter.Create(parsed.GetValue(common.Json));
            return (int)await Failing.GuardAsync(reporter, () => Task.FromResult(Run(parsed.GetValue(language), reporter, cancellation))).ConfigureAwait(false);
        });
        return command;
    }

    private static ExitStatus Run(string? language, IReporter reporter, CancellationToken cancellation)
    {
        var voices = VoiceCatalog.Discover(cancellation).Voices.Where(v => Speaks(v, language)).ToArray();
        if (voices.Length == 0)
        {
            throw new FarmException(ErrorCodes.VoiceNotFound, $"No voice{(language is null ? "" : $" for {language}")} is installed.", "Install flite (English) or espeak-ng (some 130 languages).");
        }

        var lines = voices
            .Select(v => $"{v.Id,-22}  {v.Language,-14}  {v.Grade,-5}  {v.Gender.ToString().ToLowerInvariant(),-7}  {v.Name}")
            .Prepend($"{"VOICE",-22}  {"LANGUAGE",-14}  GRADE  GENDER   NAME")
            .Append($"{voices.Length} voices. Grade A: recorded speech; B: robotic, clear; C: with effort; D: for completeness only.");
        reporter.Succeed([.. lines], new Dictionary<string, object?> { ["voices"] = voices.Select(Fields).ToArray() });
        return ExitStatus.Success;
    }

    private static bool Speaks(VoiceInfo voice, string? language) =>
        language is null
        || voice.Language.Equals(language, StringComparison.OrdinalIgnoreCase)
        || voice.Language.StartsWith(language + "-", StringComparison.OrdinalIgnoreCase);

    private static Dictionary<string, object?> Fields(VoiceInfo voice) => new()
    {
        ["id"] = voice.Id,
        ["language"] = voice.Language,
        ["grade"] = voice.Grade.ToString(),
        ["gender"] = voice.Gender.ToString().ToLowerInvariant(),
        ["name"] = voice.Name,
        ["engine"] = voice.Engine,
        ["engineVersion"] = voice.EngineVersion,
    };
}
