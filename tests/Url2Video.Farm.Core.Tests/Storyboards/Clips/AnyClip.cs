using Url2Video.Farm.Core.Storyboards;

namespace Url2Video.Farm.Core.Tests.Storyboards.Clips;

internal static class AnyClip
{
    public static Visual.Clip From(Random random, VisualAsset asset, Point focus, Fit fit, Camera camera)
    {
        var start = random.Next(3) == 0 ? 0 : random.Next(1_000_000);
        var sound = random.Next(2) == 0 ? null : new ClipSound(random.Next(-400, 121));
        var speed = sound is null && random.Next(2) == 0 ? random.Next(ClipCut.SpeedThousandthsMin, ClipCut.SpeedThousandthsMax + 1) : ClipCut.NormalSpeed;
        return new Visual.Clip(
            asset, "seen", new ClipCut(start, random.Next(2) == 0 ? null : start + random.Next(1, 1_000_000), speed, random.Next(2) == 0), focus, fit, camera, sound, null, random.Next(101));
    }
}
