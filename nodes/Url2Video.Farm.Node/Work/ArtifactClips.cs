using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Storyboards;
using Url2Video.Farm.Media.Composition;
using Url2Video.Farm.Media.FFmpeg;

namespace Url2Video.Farm.Node.Work;

/// <summary>The farm's clips in the words of Media, which knows neither storyboards nor artifacts.</summary>
internal static class ArtifactClips
{
    public static ClipBounds Bounds { get; } = new(Limits.ClipSecondsMax, Limits.ClipPacketsMax, Limits.ClipPixelsMax);

    /// <summary>What a clip is called in errors.</summary>
    public static string NameOf(string sceneId) => $"The clip of scene \"{sceneId}\"";

    public static ClipPart PartOf(ClipCut cut) => new(cut.MsStart, cut.MsEnd, cut.SpeedThousandths, cut.IsLooped);

    /// <exception cref="ClipException">It cannot be read.</exception>
    public static ClipFile Open(ArtifactRef artifact, string name, WorkContext context) => artifact.Bytes <= Limits.ClipBytesMax
        ? ClipFile.Open(context.Artifacts.OpenRead(artifact), name, Bounds)
        : throw new ClipException(name, new FFmpegException(FFmpegErrorKind.TooLarge, $"It has {artifact.Bytes} bytes; {Limits.ClipBytesMax} are allowed."));
}
