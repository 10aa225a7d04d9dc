using Url2Video.Farm.Core.Contracts;

namespace Url2Video.Farm.Api.Videos;

/// <summary>The words of the API for where a film stands. Clients compare them: frozen.</summary>
internal static class VideoWords
{
    public static readonly string[] All = ["queued", "fetching", "planning", "rendering", "encoding", "storing", "succeeded", "failed", "canceled"];

    public static string Of(ProjectStage stage) => stage switch
    {
        ProjectStage.Accepted => "queued",
        ProjectStage.Ingesting => "fetching",
        ProjectStage.Writing or ProjectStage.Speaking => "planning",
        ProjectStage.Rendering => "rendering",
        ProjectStage.Assembling => "encoding",
        ProjectStage.Delivering => "storing",
        ProjectStage.Completed => "succeeded",
        ProjectStage.Failed => "failed",
        _ => "canceled",
    };

    public static string Of(Band band) => band switch
    {
        Band.Urgent => "urgent",
        Band.Low => "low",
        _ => "normal",
    };
}
