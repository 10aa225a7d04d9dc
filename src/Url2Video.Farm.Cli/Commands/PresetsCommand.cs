using System.CommandLine;
using System.Globalization;
using Url2Video.Farm.Cli.Options;
using Url2Video.Farm.Cli.Output;
using Url2Video.Farm.Core.Errors;
using Url2Video.Farm.Core.Orders;
using Url2Video.Farm.Core.Outputs;

namespace Url2Video.Farm.Cli.Commands;

/// <summary><c>url2video presets</c>: the platforms a film can be made for, and the formats it can come out as.</summary>
internal static class PresetsCommand
{
    public static Command Create()
    {
        var common = new CommonOptions();
        var command = new Command("presets", "Lists the presets of --preset and the formats of --format.");
        command.Options.Add(common.Json);
        command.SetAction(parsed =>
        {
            using var reporter = Reporter.Create(parsed.GetValue(common.Json));
            reporter.Succeed([.. Lines()], new Dictionary<string, object?>
            {
                ["presets"] = PresetCatalog.All.Select(Fields).ToArray(),
                ["formats"] = FormatCatalog.All.Select(Fields).ToArray(),
            });
            return (int)ExitStatus.Success;
        });
        return command;
    }

    private static IEnumerable<string> Lines()
    {
        yield return $"{"PRESET",-17}  {"SIZE",-9}  {"FPS",-6}  {"LUFS",-4}  {"LONGEST",-7}  {"GUIDE",-10}  {"FORMATS",-17}  FOR";
        foreach (var p in PresetCatalog.All)
        {
            var longest = p.SecondsMax == 0 ? "-" : string.Create(CultureInfo.InvariantCulture, $"{p.SecondsMax / 60}:{p.SecondsMax % 60:D2}");
            var guide = string.Create(CultureInfo.InvariantCulture, $"{p.KilobitsGuide / 1_000.0:0.0} Mb/s");
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"{p.Name,-17}  {$"{p.Width}x{p.Height}",-9}  {$"{p.Fps}..{p.FpsMax}",-6}  {p.Loudness,-4}  {longest,-7}  {guide,-10}  {p.Formats,-17}  {p.Platform}: {p.Note}");
        }

        yield return "FPS: customary and most. GUIDE: what the platform recommends; quality is constant here, so the rate follows the content.";
        yield return string.Empty;
        yield return $"{"FORMAT",-11}  {"FILE",-21}  WHAT";
        foreach (var f in FormatCatalog.All)
        {
            yield return $"{f.Word,-11}  {f.FileName ?? "-",-21}  {f.Summary}";
        }
    }

    private static Dictionary<string, object?> Fields(Preset p) => new()
    {
        ["name"] = p.Name,
        ["platform"] = p.Platform,
        ["width"] = p.Width,
        ["height"] = p.Height,
        ["fps"] = p.Fps,
        ["fpsMax"] = p.FpsMax,
        ["loudness"] = p.Loudness,
        ["formats"] = p.Formats.Split(','),
        ["secondsMax"] = p.SecondsMax == 0 ? null : p.SecondsMax,
        ["crfShift"] = p.CrfShift,
        ["kilobitsGuide"] = p.KilobitsGuide,
        ["quality"] = p.Quality,
        ["note"] = p.Note,
    };

    private static Dictionary<string, object?> Fields(FormatInfo f) => new()
    {
        ["name"] = f.Word,
        ["file"] = f.FileName,
        ["what"] = f.Summary,
    };
}
