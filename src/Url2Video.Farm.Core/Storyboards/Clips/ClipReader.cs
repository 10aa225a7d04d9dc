using Url2Video.Farm.Core.Storyboards.Reading;

namespace Url2Video.Farm.Core.Storyboards;

internal static class ClipReader
{
    public static Visual.Clip Read(StrictObject visual, string? why, int? score, ReadErrors errors)
    {
        var cut = ReadCut(visual, errors);
        return new Visual.Clip(
            VisualReader.ReadAsset(visual, "asset", "clips/a.mp4", errors),
            visual.OptionalText("alt", 0, 1_000) ?? "",
            cut,
            VisualReader.ReadPoint(visual, "focus"),
            visual.Choice("fit", Fit.Cover),
            visual.Child("camera", c => ReadCamera(c, errors)) ?? Camera.Still,
            ReadSound(visual, cut, errors),
            why,
            score);
    }

    private static ClipCut ReadCut(StrictObject visual, ReadErrors errors)
    {
        var cut = new ClipCut(
            visual.Integer("startMs", 0, ClipCut.MsMax, 0),
            (int?)visual.OptionalInteger("endMs", 1, ClipCut.MsMax),
            visual.Decimal("speed", ClipCut.NormalSpeed, ClipCut.SpeedThousandthsMin, ClipCut.SpeedThousandthsMax, ClipCut.NormalSpeed),
            visual.Flag("loop", otherwise: false) == true);
        if (cut.MsEnd <= cut.MsStart)
        {
            errors.Invalid(visual.PointerOf("endMs"), $"the clip ends at {cut.MsEnd} ms and begins at {cut.MsStart} ms.", "endMs counts from the clip's first picture, as startMs does.");
        }

        return cut;
    }

    private static ClipSound? ReadSound(StrictObject visual, ClipCut cut, ReadErrors errors)
    {
        var sound = visual.Child("sound", s => new ClipSound(s.Decimal("gain", 10, -400, 120, 0)));
        if (sound is not null && cut.SpeedThousandths != ClipCut.NormalSpeed)
        {
            errors.Invalid(visual.PointerOf("sound"), "a clip is heard at speed 1 only.", "Leave sound out, or speed.");
        }

        return sound;
    }

    private static Camera ReadCamera(StrictObject camera, ReadErrors errors)
    {
        if (camera.TryGet("move", out _))
        {
            errors.Invalid(camera.PointerOf("move"), "moves by name are for images.", "Write the views from and to.");
            return Camera.Still;
        }

        return VisualReader.ReadCamera(camera, errors);
    }
}
