using System.CommandLine;
using System.Globalization;
using Url2Video.Farm.Cli.Options;
using Url2Video.Farm.Cli.Output;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Errors;
using Url2Video.Farm.Media.Composition;
using Url2Video.Farm.Media.FFmpeg;
using Url2Video.Farm.Media.Pixels;
using Url2Video.Farm.Node.Work;

namespace Url2Video.Farm.Cli.Commands;

/// <summary><c>url2video palette FILE</c>: the colours of a picture, and a palette for films in its colours.</summary>
internal static class PaletteCommand
{
    /// <summary>What dominates is seen in a small copy as well, and a large picture costs seconds.</summary>
    private const int SideMax = 512;

    public static Command Create()
    {
        var common = new CommonOptions();
        var file = new Argument<string>("file") { Description = "A picture, such as a logo." };
        var count = new Option<int>("--colours") { Description = $"At most so many, 1 to {DominantColours.CountMax}.", DefaultValueFactory = _ => 6 };
        var command = new Command("palette", "Tells the colours of a picture, and a palette for films in its colours.");
        command.Arguments.Add(file);
        command.Options.Add(count);
        command.Options.Add(common.Json);
        command.SetAction(async (parsed, _) =>
        {
            using var reporter = Reporter.Create(parsed.GetValue(common.Json));
            return (int)await Failing.GuardAsync(reporter, () => Task.FromResult(Run(parsed.GetValue(file)!, parsed.GetValue(count), reporter))).ConfigureAwait(false);
        });
        return command;
    }

    private static ExitStatus Run(string file, int count, IReporter reporter)
    {
        if (count is < 1 or > DominantColours.CountMax)
        {
            throw new FarmException(ErrorCodes.InvalidArgument, $"--colours {count} is not possible.", $"Give 1 to {DominantColours.CountMax}.");
        }

        using var picture = Open(file);
        var colours = DominantColours.Of(picture.Image, count, picture.Opacity);
        if (colours.IsEmpty)
        {
            throw new FarmException(ErrorCodes.ImageUnreadable, $"{file} is transparent everywhere: it has no colours.");
        }

        var brand = BrandColours.Of(colours);
        var palette = new Dictionary<string, object?>
        {
            ["background"] = Word(brand.Background), ["surface"] = Word(brand.Surface), ["text"] = Word(brand.Text), ["accent"] = Word(brand.Accent),
        };
        reporter.Succeed(
            [
                .. colours.Select(c => string.Create(CultureInfo.InvariantCulture, $"{Word(c.Colour)}  {c.SharePermille / 10m,5:0.0} %")),
                "",
                "\"palette\": { " + string.Join(", ", palette.Select(p => $"\"{p.Key}\": \"{p.Value}\"")) + " }",
            ],
            new Dictionary<string, object?>
            {
                ["colours"] = colours.Select(c => new Dictionary<string, object?> { ["colour"] = Word(c.Colour), ["share"] = c.SharePermille / 1_000m }).ToArray(),
                ["palette"] = palette,
            });
        return ExitStatus.Success;
    }

    /// <summary>As ingest would take it.</summary>
    private static DecodedPicture Open(string file)
    {
        try
        {
            if (new FileInfo(file) is { Exists: true, Length: > Limits.ImageBytesMax })
            {
                throw new FarmException(ErrorCodes.TooLarge, $"{file} has more than {Limits.ImageBytesMax} bytes.");
            }

            var decoded = ImageDecoder.Decode(File.ReadAllBytes(file), new ImageDecodeOptions { WidthMax = SideMax, HeightMax = SideMax });
            return new DecodedPicture(decoded.Image, decoded.Opacity);
        }
        catch (FFmpegException fault)
        {
            throw new FarmException(MediaFaults.OfImage(fault, file), fault);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new FarmException(ErrorCodes.SourceNotFound, $"{file} cannot be read: {fault.Message}", cause: fault);
        }
    }

    private static string Word(Rgb colour) => $"#{colour.R:x2}{colour.G:x2}{colour.B:x2}";
}
