using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Media.Composition;
using Url2Video.Farm.Node.Work;
using Boards = Url2Video.Farm.Core.Storyboards;
using Pixels = Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Cluster.Tests.Work;

/// <summary>The document's layers, brushes and joined pictures in the compositor's words.</summary>
public sealed class LayerBuilderTests
{
    private static readonly string s_sha = new('a', 64);
    private static readonly Boards.VisualAsset s_asset = new Boards.VisualAsset.Resolved(new ArtifactRef(new ArtifactId(s_sha), 9));

    [Fact]
    public void Of_Layer_HasItsNumbersInTheCompositorsUnits()
    {
        var layer = SceneLayers.Of(new Boards.SceneLayer(
            new Boards.Visual.Solid(new Boards.Rgb(1, 2, 3), null, null), new Boards.LayerBox(1_000, 2_000, 3_333, 5_000), 50, Boards.BlendMode.SoftLight,
            Boards.LayerMask.Rounded, 2_500, [new Boards.LayerKeyframe(40, 26_665, -100_000, 20_000, -4_550, 100, Boards.Curve.Linear)]), "a");

        Assert.Equal(new Background.Solid(new Pixels.Rgb(1, 2, 3)), layer.Content);
        Assert.Equal(new LayerBox(100_000, 200_000, 333_300, 500_000), layer.Box);
        Assert.Equal((16_384, Pixels.BlendMode.SoftLight, LayerShape.Rounded, 250_000), (layer.Alpha, layer.Blend, layer.Shape, layer.CornerMillionths));
        Assert.Equal(new LayerKey(40, 266_650, -1_000_000, 2_000_000, -4_550, 32_767, CubicBezier.Linear), Assert.Single(layer.Keys));
    }

    [Fact]
    public void Of_BrushedImage_HasItsBrushes()
    {
        var image = new Boards.Visual.Image(s_asset, "", Boards.Point.Centre, Boards.Fit.Cover, Boards.Camera.Still, null, null)
        {
            Brushes =
            [
                new Boards.MotionBrush(new Boards.BrushMask.Painted(s_asset), 200, 300, -400, 500, 60, Boards.BrushMode.Swing, 700) { SpeedPercent = 50, Seed = 3 },
                new Boards.MotionBrush(new Boards.BrushMask.Rectangle(new Boards.LayerBox(1_000, 2_000, 3_000, 4_000)), 0, 1, 0, 0, 0, Boards.BrushMode.Ease, 700)
                {
                    Intensity = [new Boards.BrushIntensity(5, 40, Boards.Curve.Linear)],
                },
            ],
        };

        var brushes = Assert.IsType<Background.Picture>(SceneVisuals.Of(image, "a")).Brushes;

        Assert.Equal(new BrushArea.Painted(s_sha, 20_000), brushes[0].Area);
        Assert.Equal((30_000, -40_000, 50_000, 6_000), (brushes[0].DxMillionths, brushes[0].DyMillionths, brushes[0].DepthMillionths, brushes[0].AmbientMillionths));
        Assert.Equal((BrushMode.Swing, 700, 50, 3UL), (brushes[0].Mode, brushes[0].Length, brushes[0].SpeedPercent, brushes[0].Seed));
        Assert.Equal([new(100_000, 200_000), new(400_000, 200_000), new(400_000, 600_000), new(100_000, 600_000)], Assert.IsType<BrushArea.Polygon>(brushes[1].Area).Points.AsEnumerable());
        Assert.Equal(new BrushKey(5, 40, CubicBezier.Linear), Assert.Single(brushes[1].Intensity));
    }

    /// <summary>The divider stands where it is said until its way begins.</summary>
    [Fact]
    public void Of_Split_BeginsWhereItIsSaid()
    {
        var split = new Boards.Visual.Split(s_asset, s_asset, "", ["Before", "After"], null, null)
        {
            At = 2_500,
            Mode = Boards.SplitMode.Slide,
            Sweep = [new Boards.SplitKeyframe(600, 9_000, Boards.Curve.Linear)],
        };
        var background = Assert.IsType<Background.Split>(SceneVisuals.Of(split, "a"));
        var early = Assert.IsType<Background.Split>(SceneVisuals.Of(split with { Sweep = [new Boards.SplitKeyframe(0, 9_000, Boards.Curve.Linear)] }, "a"));

        Assert.Equal([new(0, 250_000, CubicBezier.Linear), new(600, 900_000, CubicBezier.Linear)], background.Keys.AsEnumerable());
        Assert.Equal([new(0, 900_000, CubicBezier.Linear)], early.Keys.AsEnumerable());
        Assert.False(background.IsBeside);
        Assert.Equal(["Before", "After"], SceneVisuals.LabelsOf(split, Boards.Palette.Default).Cast<TextCard.Placed>().Select(l => l.Text));
    }

    [Fact]
    public void Of_Spin_HasItsPicturesInOrder()
    {
        var other = new Boards.VisualAsset.Resolved(new ArtifactRef(new ArtifactId(new string('b', 64)), 9));
        var spin = Assert.IsType<Background.Spin>(SceneVisuals.Of(
            new Boards.Visual.Spin([other, s_asset], "", Boards.Fit.Contain, null, null) { TurnsHundredths = -150, FadePercent = 20, MsDelay = 5, Ms = 900 }, "a"));

        Assert.Equal([new string('b', 64), s_sha], spin.PictureIds.AsEnumerable());
        Assert.Equal((-150, PictureFit.Contain, 20, 5, 900), (spin.TurnsHundredths, spin.Fit, spin.FadePercent, spin.Delay, spin.Length));
    }

    /// <summary>Kinds are carried over by name.</summary>
    [Fact]
    public void Of_EveryBlendModeAndBrushMode_IsKnownToTheCompositor()
    {
        Assert.Equal(Enum.GetNames<Boards.BlendMode>(), Enum.GetNames<Pixels.BlendMode>());
        Assert.Equal(Enum.GetNames<Boards.BrushMode>(), Enum.GetNames<BrushMode>());
        Assert.Equal(Layer.PerShotMax, Boards.SceneLayer.PerSceneMax);
        Assert.Equal(Layer.KeysMax, Boards.SceneLayer.KeyframesMax);
        Assert.Equal(MotionBrush.PerPictureMax, Boards.MotionBrush.PerPictureMax);
        Assert.Equal(Background.Spin.PicturesMax, Boards.Visual.Spin.AssetsMax);
        Assert.Equal(Background.Split.KeysMax, Boards.Visual.Split.SweepMax + 1);
    }
}
