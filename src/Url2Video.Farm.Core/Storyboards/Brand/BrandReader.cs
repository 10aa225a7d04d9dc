using Url2Video.Farm.Core.Storyboards.Reading;

namespace Url2Video.Farm.Core.Storyboards;

/// <summary>Reads the marks of a film: its watermark, and the logos that scenes show.</summary>
internal static class BrandReader
{
    private const string Example = "images/logo.png";

    public static Watermark? ReadWatermark(StrictObject parent, ReadErrors errors) => parent.Child("watermark", mark =>
    {
        var text = mark.OptionalText("text", 1, Watermark.CharsMax);
        var hasAsset = mark.TryGet("asset", out _);
        if (hasAsset == (text is not null))
        {
            errors.Invalid(mark.Pointer, "a watermark is a picture or a text.", "Write either \"asset\" or \"text\".");
        }

        return new Watermark(
            hasAsset ? VisualReader.ReadAsset(mark, "asset", Example, errors) : null,
            text,
            mark.Choice("anchor", MarkAnchor.TopRight),
            mark.Decimal("margin", Point.Scale, 0, Watermark.MarginMax, Watermark.MarginDefault),
            mark.Decimal("width", Point.Scale, Watermark.WidthMin, Watermark.WidthMax, text is null ? Watermark.WidthDefault : Watermark.TextWidthDefault),
            mark.Decimal("opacity", 100, 1, 100, Watermark.OpacityPercentDefault));
    });

    public static SceneLogo? ReadLogo(StrictObject scene, ReadErrors errors) => scene.Child("logo", logo => new SceneLogo(
        VisualReader.ReadAsset(logo, "asset", Example, errors),
        logo.Choice("reveal", LogoReveal.Fade),
        logo.Integer("delayMs", 0, SceneLogo.MsDelayMax, 0),
        logo.Integer("ms", SceneLogo.MsMin, SceneLogo.MsMax, SceneLogo.MsDefault),
        logo.Decimal("width", Point.Scale, Watermark.WidthMin, SceneLogo.WidthMax, SceneLogo.WidthDefault),
        VisualReader.ReadPoint(logo, "at"),
        logo.OptionalInteger("seed", 0, StoryboardReader.SeedMax) ?? 0));
}
