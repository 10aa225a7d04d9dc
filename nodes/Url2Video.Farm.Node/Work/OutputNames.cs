namespace Url2Video.Farm.Node.Work;

/// <summary>Names of the files beside the film, which FormatCatalog names. Manifests and segments are named by PackageLayout.</summary>
internal static class OutputNames
{
    public const string WebVtt = "captions.vtt";

    public const string SubRip = "captions.srt";

    public const string Thumbnail = "thumbnail.jpg";

    public const string Storyboard = "storyboard.json";
}
