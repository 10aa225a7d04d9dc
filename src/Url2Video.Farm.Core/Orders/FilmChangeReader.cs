using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Errors;
using Url2Video.Farm.Core.Storyboards;
using Url2Video.Farm.Core.Storyboards.Reading;

namespace Url2Video.Farm.Core.Orders;

/// <summary>What may be changed of a film under way.</summary>
/// <param name="Priority">Null: as it is.</param>
/// <param name="Weight">1..<see cref="Limits.ProjectWeightMax"/>; null: as it is.</param>
public sealed record FilmChange(Band? Priority, int? Weight);

/// <param name="Change">Null exactly when there are findings.</param>
public sealed record FilmChangeReading(FilmChange? Change, ImmutableArray<ReadFinding> Findings);

/// <summary>Reads a <see cref="FilmChange"/> as strictly as an order: an unknown name is refused, for it may be a misspelt wish.</summary>
public static class FilmChangeReader
{
    private const int DepthMax = 8;
    private const string WayOut = "Send {\"priority\":\"urgent\"}, {\"weight\":5} or both.";

    public static FilmChangeReading Read(ReadOnlyMemory<byte> utf8)
    {
        var errors = new ReadErrors(ErrorCodes.InvalidArgument);
        try
        {
            using var document = JsonDocument.Parse(utf8, new JsonDocumentOptions { MaxDepth = DepthMax });
            var root = new StrictObject(document.RootElement, "", errors);
            Band? priority = root.TryGet("priority", out _) ? root.Choice("priority", Band.Normal) : null;
            var weight = (int?)root.OptionalInteger("weight", 1, Limits.ProjectWeightMax);
            root.Finish();
            if (errors.IsEmpty && priority is null && weight is null)
            {
                errors.Invalid("", "nothing is to be changed.", WayOut);
            }

            return errors.IsEmpty ? new(new FilmChange(priority, weight), []) : new(null, errors.Findings);
        }
        catch (JsonException fault)
        {
            errors.Invalid("", string.Create(CultureInfo.InvariantCulture, $"the body is not JSON (line {fault.LineNumber + 1}, byte {fault.BytePositionInLine + 1})."), WayOut);
            return new(null, errors.Findings);
        }
    }
}
