namespace Url2Video.Farm.Core.Storyboards.Sounds;

/// <summary>The sound files that a storyboard names.</summary>
public static class SoundAssets
{
    public const string MusicPointer = "/music/file";

    /// <returns>Each with the JSON pointer of the place that names it, in document order.</returns>
    public static IEnumerable<(string Pointer, VisualAsset Asset)> Of(Storyboard storyboard)
    {
        if (storyboard.Music?.File is { } file)
        {
            yield return (MusicPointer, file.Asset);
        }

        for (var i = 0; i < storyboard.Scenes.Length; i++)
        {
            if (storyboard.Scenes[i].Narration is { } narration)
            {
                yield return ($"/scenes/{i}/narration", narration);
            }
        }
    }

    /// <summary>The same document with every sound file put through <paramref name="resolve"/>.</summary>
    /// <param name="resolve">Pointer and asset to the asset that stands for it from now on.</param>
    public static Storyboard Resolve(Storyboard storyboard, Func<string, VisualAsset, VisualAsset> resolve) => storyboard with
    {
        Music = storyboard.Music is { File: { } file } music
            ? music with { File = file with { Asset = resolve(MusicPointer, file.Asset) } }
            : storyboard.Music,
        Scenes =
        [
            .. storyboard.Scenes.Select((scene, i) => scene.Narration is { } narration
                ? scene with { Narration = resolve($"/scenes/{i}/narration", narration) }
                : scene),
        ],
    };
}
