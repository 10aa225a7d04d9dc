using System.Collections.Immutable;
using Url2Video.Farm.Content.Extraction;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Errors;

namespace Url2Video.Farm.Content.Ingest;

/// <summary>Gets the bytes of one image reference: from the network through the guard, or from the bundle.</summary>
/// <returns>Null when the reference leads nowhere that may be asked.</returns>
internal delegate Task<(string Name, byte[] Bytes)?> ImageSource(string reference, CancellationToken cancellation);

/// <summary>
/// Takes in the images of a page. One that is missing, lies about its type, is too big or too small is left out with a warning:
/// a page is still a film without it.
/// </summary>
internal sealed class ImageIntake(ImageSource source, IArtifactIo io, IImageProbe probe)
{
    public const int SidePixelsMin = 200;

    private const long AreaPixelsMin = 40_000;

    private const int RatioMax = 4;

    private readonly ImmutableArray<string>.Builder _warnings = ImmutableArray.CreateBuilder<string>();
    private readonly HashSet<ArtifactId> _seen = [];
    private readonly HashSet<string> _asked = new(StringComparer.Ordinal);

    public ImmutableArray<string> Warnings => _warnings.ToImmutable();

    public async Task<ImmutableArray<SourceImage>> TakeAsync(ImmutableArray<RawImage> candidates, CancellationToken cancellation)
    {
        var images = ImmutableArray.CreateBuilder<SourceImage>();
        foreach (var candidate in candidates.Where(c => _asked.Add(c.Reference)).Take(Limits.ImagesPerSourceMax))
        {
            if (await TakeOneAsync(candidate, cancellation) is { } image)
            {
                images.Add(image);
            }
        }

        // Larger pictures first within a rank; the place on the page decides between equals.
        return [.. images.OrderBy(i => i.Rank).ThenBy(i => i.Block)];
    }

    private async Task<SourceImage?> TakeOneAsync(RawImage candidate, CancellationToken cancellation)
    {
        try
        {
            if (await source(candidate.Reference, cancellation) is not { } found)
            {
                _warnings.Add($"The image {Shown(candidate.Reference)} was left out: it is not part of the source.");
                return null;
            }

            var facts = await probe.ProbeAsync(found.Bytes, cancellation);
            if (!IsUseful(facts))
            {
                return null; // Icons and strips are ordinary; they deserve no warning.
            }

            var artifact = await io.WriteAsync(found.Bytes, cancellation);
            return _seen.Add(artifact.Id)
                ? new SourceImage(
                    artifact, found.Name, candidate.Alt, candidate.Caption, candidate.After, facts.Width, facts.Height, candidate.Rank)
                : null;
        }
        catch (FarmException e) when (
            e.Error.Code is not (ErrorCodes.DiskFull or ErrorCodes.NotWritable or ErrorCodes.ArtifactMissing or ErrorCodes.ArtifactCorrupt))
        {
            _warnings.Add($"The image {Shown(candidate.Reference)} was left out: {e.Error}");
            return null;
        }
    }

    private static bool IsUseful(ImageFacts facts) =>
        Math.Min(facts.Width, facts.Height) >= SidePixelsMin
        && (long)facts.Width * facts.Height >= AreaPixelsMin
        && Math.Max(facts.Width, facts.Height) <= RatioMax * Math.Min(facts.Width, facts.Height);

    private static string Shown(string reference) => reference.Length > 120 ? $"{reference[..120]}…" : reference;
}
