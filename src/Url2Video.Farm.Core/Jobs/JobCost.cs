using Url2Video.Farm.Core.Contracts;

namespace Url2Video.Farm.Core.Jobs;

/// <summary>What fairness is measured in: estimated work, in frames of 1080p.</summary>
public static class JobCost
{
    private const long PixelsOfOne = 1920 * 1080;

    /// <returns>1..<see cref="Limits.JobCostMax"/>.</returns>
    public static int Of(JobWork work) => work switch
    {
        JobWork.Render w => Clamp(w.Chunk.Frames * Math.Max(1, w.Ladder.Sum(r => (long)r.Width * r.Height)) / PixelsOfOne),
        JobWork.Mix w => Clamp(w.Samples / 48_000), // A second of sound costs about as much as one frame.
        _ => 30,
    };

    private static int Clamp(long frames) => (int)Math.Clamp(frames, 1, Limits.JobCostMax);
}
