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
    /// <summary>Nothing else of the film can begin before its images are judged; and no job is the only one of a machine for long.</summary>
    private const int ChecksAtOnceMax = 2;

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
        var images = PictureAssets.Of(storyboard).Concat(BrandAssets.Of(storyboard))
            .Select(image => (image.Pointer, image.Asset, Artifact: ArtifactOf(image.Asset, directory, files, image.Pointer, "image")))
            .DistinctBy(image => image.Artifact.Id);
        await InOrderAsync(images.Select(image => (Func<Task>)(() =>
            CheckAsync(image.Artifact, image.Asset, image.Pointer, storyboard.Canvas, io, probe, cancellation))));
        return (resolved, needs);
    }

    /// <summary>Runs the checks, some at the same time; of several that fail the first one is told.</summary>
    private static async Task InOrderAsync(IEnumerable<Func<Task>> checks)
    {
        var running = new Queue<Task>();
        try
        {
            foreach (var check in checks)
            {
                if (running.Count == ChecksAtOnceMax)
                {
                    await running.Dequeue();
                }

                running.Enqueue(Task.Run(check));
            }

            while (running.TryDequeue(out var last))
            {
                await last;
            }
        }
        finally
        {
            await Task.WhenAll(running).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing); // Nothing is left at work behind an error.
        }
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
        ArtifactRef artifact, VisualAsset asset, string pointer, Canvas canvas, IArtifactIo io, IImageProbe probe, CancellationToken cancellation)
    {
        var name = asset is VisualAsset.InBundle { Path: var path } ? path : artifact.Id.Sha256;
        try
        {
            await probe.RequireAsync(artifact.Id, await io.ReadAsync(artifact, Limits.ImageBytesMax, cancellation), canvas, cancellation);
        }
        catch (FarmException e) when (e.Error.Code is ErrorCodes.ImageUnreadable or ErrorCodes.ImageTooLarge or ErrorCodes.TooLarge)
        {
            throw new FarmException(e.Error with { Message = $"{pointer}: {name}: {e.Error.Message}" }, e);
        }
    }
}
