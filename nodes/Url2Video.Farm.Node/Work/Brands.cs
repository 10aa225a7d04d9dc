using Url2Video.Farm.Media.Composition;
using Boards = Url2Video.Farm.Core.Storyboards;

namespace Url2Video.Farm.Node.Work;

/// <summary>Marks and logos in the compositor's words. Kinds have the same names on both sides; a test holds them together.</summary>
internal static class Brands
{
    /// <summary>The document counts in ten-thousandths, the compositor in millionths.</summary>
    private const int Scale = 100;

    public static LogoMark? MarkOf(Boards.Watermark? mark) => mark is null
        ? null
        : new LogoMark(mark.Asset is null ? "" : IdOf(mark.Asset), AnchorOf(mark.Anchor), mark.Width * Scale, mark.OpacityPercent)
        {
            Text = mark.Text,
            MarginMillionths = mark.Margin * Scale,
        };

    public static ShotLogo? LogoOf(Boards.SceneLogo? logo) => logo is null
        ? null
        : new ShotLogo(IdOf(logo.Asset), RevealOf(logo.Reveal), logo.MsDelay, logo.Ms)
        {
            WidthMillionths = logo.Width * Scale,
            CentreXMillionths = logo.Place.X * Scale,
            CentreYMillionths = logo.Place.Y * Scale,
            Seed = unchecked((ulong)logo.Seed),
        };

    public static PictureStyle? StyleOf(Boards.ImageStyle? style) => style is null ? null : new PictureStyle(IdOf(style.Asset), style.Percent);

    public static FilterUse FilterOf(Boards.ScenePlugin plugin, string scene) => new(
        plugin.Id, plugin.Sha256, scene, [.. plugin.Parameters.Select(p => (p.Name, p.Value))], unchecked((ulong)plugin.Seed));

    public static MarkAnchor AnchorOf(Boards.MarkAnchor anchor) => Enum.Parse<MarkAnchor>(anchor.ToString());

    public static RevealKind RevealOf(Boards.LogoReveal reveal) => Enum.Parse<RevealKind>(reveal.ToString());

    private static string IdOf(Boards.VisualAsset asset) => asset is Boards.VisualAsset.Resolved { Artifact: var artifact }
        ? artifact.Id.Sha256
        : throw new InvalidOperationException("A storyboard reaches a render only with its assets resolved.");
}
