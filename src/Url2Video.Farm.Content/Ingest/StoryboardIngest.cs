using System.Collections.Immutable;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Errors;
using Url2Video.Farm.Core.Storyboards;
using Url2Video.Farm.Core.Storyboards.Sounds;

namespace Url2Video.Farm.Content.Ingest;

/// <summary>
/// Takes in a storyboard that somebody wrote: checks it, turns the paths of its images into artifacts, applies explicit wishes.
/// </summary>
internal static class StoryboardIngest
{
    public static async Task<JobResult.Ingested> RunAsync(
        SourceSpec.StoryboardBundle bundle, Brief brief, IArtifactIo io, IImageProbe probe, CancellationToken cancellation)
    {
        var files = Bundle.FilesOf(bundle.Files);
        if (!files.TryGetValue(bundle.Entry, out var entry))
        {
            throw new FarmException(
                ErrorCodes.SourceNotFound, $"The storyboard \"{bundle.Entry}\" is not among the files that were submitted.");
        }

        var document = await io.ReadAsync(entry, Limits.StoryboardBytesMax, cancellation);
        var storyboard = BriefOverrides.Apply(StoryboardReader.Read(document).Require(), brief);
        (storyboard, var needs) = await ResolveAsync(storyboard, Bundle.DirectoryOf(bundle.Entry), files, io, probe, cancellation);

        var artifact = await io.WriteAsync(StoryboardWriter.Write(storyboard), cancellation);
        var facts = StoryboardDigest.FactsOf(storyboard);
        return new JobResult.Ingested(null, artifact, facts with { Scenes = [.. facts.Scenes.Zip(needs, WithNeed)] }, []);
    }

    private static SceneFacts WithNeed(SceneFacts scene, string? need) =>
        need is null ? scene : scene with { PictureNeeds = [.. (scene.PictureNeeds ?? []).Append(need).Order(StringComparer.Ordinal)] };

    private static async Task<(Storyboard Storyboard, ImmutableArray<string?> Needs)> ResolveAsync(
        Storyboard storyboard,
        string directory,
        IReadOnlyDictionary<string, ArtifactRef> files,
        IArtifactIo io,
        IImageProbe probe,
        CancellationToken cancellation)
    {
        var resolved = Resolved(storyboard, directory, files);
        var needs = await probe.JudgeSizesAsync(resolved, io, cancellation);
        var checkedImages = new HashSet<ArtifactId>();
        foreach (var (pointer, asset) in PictureAssets.Of(storyboard).Concat(BrandAssets.Of(storyboard)))
        {
            var artifact = ArtifactOf(asset, directory, files, pointer, "image");
            if (checkedImages.Add(artifact.Id))
            {
                await CheckAsync(artifact, asset, pointer, io, probe, cancellation);
            }
        }

        return (resolved, needs);
    }

    private static Storyboard Resolved(Storyboard storyboard, string directory, IReadOnlyDictionary<string, ArtifactRef> files)
    {
        storyboard = PictureAssets.Resolve(
            storyboard, (pointer, asset) => new VisualAsset.Resolved(ArtifactOf(asset, directory, files, pointer, "image")));
        storyboard = BrandAssets.Resolve(
            storyboard, (pointer, asset) => new VisualAsset.Resolved(ArtifactOf(asset, directory, files, pointer, "image")));
        storyboard = ClipAssets.Resolve(
            storyboard, (pointer, asset) => new VisualAsset.Resolved(ArtifactOf(asset, directory, files, pointer, "clip")));
        return SoundAssets.Resolve(
            storyboard,
            (pointer, asset) => new VisualAsset.Resolved(ArtifactOf(asset, directory, files, pointer, "sound")));
    }

    private static ArtifactRef ArtifactOf(
        VisualAsset asset, string directory, IReadOnlyDictionary<string, ArtifactRef> files, string pointer, string what) => asset switch
    {
        VisualAsset.Resolved resolved => resolved.Artifact,
        VisualAsset.InBundle { Path: var path } => files.TryGetValue(directory + path, out var artifact)
            ? artifact
            : throw new FarmException(
                ErrorCodes.SourceNotFound,
                $"{pointer}: the {what} \"{path}\" is not among the files that were submitted.",
                "Put it beside or below the storyboard document."),
        _ => throw new ArgumentOutOfRangeException(nameof(asset), asset, "An asset of a kind that ingest does not know."),
    };

    /// <summary>Here an image was asked for by name, so a bad one is an error; on a page it would only be left out.</summary>
    private static async Task CheckAsync(
        ArtifactRef artifact, VisualAsset asset, string pointer, IArtifactIo io, IImageProbe probe, CancellationToken cancellation)
    {
        var name = asset is VisualAsset.InBundle { Path: var path } ? path : artifact.Id.Sha256;
        try
        {
            _ = await probe.ProbeAsync(await io.ReadAsync(artifact, Limits.ImageBytesMax, cancellation), cancellation);
        }
        catch (FarmException e) when (e.Error.Code is ErrorCodes.ImageUnreadable or ErrorCodes.ImageTooLarge or ErrorCodes.TooLarge)
        {
            throw new FarmException(e.Error with { Message = $"{pointer}: {name}: {e.Error.Message}" }, e);
        }
    }
}
