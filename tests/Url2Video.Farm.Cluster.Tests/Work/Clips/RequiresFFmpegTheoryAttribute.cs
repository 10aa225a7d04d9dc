using Url2Video.Farm.Tests.Packages;

namespace Url2Video.Farm.Cluster.Tests.Work.Clips;

/// <summary>Skipped, visibly, where the ffmpeg program is not installed.</summary>
public sealed class RequiresFFmpegTheoryAttribute : TheoryAttribute
{
    public RequiresFFmpegTheoryAttribute() => Skip = MediaPrograms.Exist ? null : "The programs ffmpeg and ffprobe are not installed.";
}
