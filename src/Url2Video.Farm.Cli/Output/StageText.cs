using System.Globalization;
using Url2Video.Farm.Core.Contracts;

namespace Url2Video.Farm.Cli.Output;

/// <summary>Stages and figures in people's words.</summary>
internal static class StageText
{
    public static string Of(ProjectStage stage) => stage switch
    {
        ProjectStage.Accepted => "Accepted",
        ProjectStage.Ingesting => "Reading the source",
        ProjectStage.Writing => "Writing the script",
        ProjectStage.Speaking => "Speaking",
        ProjectStage.Rendering => "Rendering",
        ProjectStage.Assembling => "Assembling",
        ProjectStage.Delivering => "Putting the files in place",
        ProjectStage.Completed => "Finished",
        ProjectStage.Failed => "Failed",
        ProjectStage.Cancelled => "Cancelled",
        _ => stage.ToString(),
    };

    public static string Figures(FarmProgress.Work work)
    {
        var rate = work.FramesPerSecondTenths > 0
            ? $"{Tenths(work.FramesPerSecondTenths)} frames/s, {TimeLeft(work)} left"
            : "";
        return $"chunks {work.ChunksDone}/{work.ChunksTotal}"
            + (work.SegmentsTotal > 0 ? $", segments published {work.SegmentsPublished}/{work.SegmentsTotal}" : "")
            + (rate.Length > 0 ? $", {rate}" : "");
    }

    public static string TimeLeft(FarmProgress.Work work)
    {
        if (work.FramesPerSecondTenths <= 0)
        {
            return "?";
        }

        var seconds = (work.FramesTotal - work.FramesDone) * 10 / work.FramesPerSecondTenths;
        return seconds >= 3600 ? $"{seconds / 3600} h {seconds / 60 % 60} min" : seconds >= 60 ? $"{seconds / 60} min {seconds % 60} s" : $"{seconds} s";
    }

    private static string Tenths(int value) => (value / 10m).ToString("0.0", CultureInfo.InvariantCulture);
}
