using System.Text.Json;
using Url2Video.Farm.Core.Storyboards.Reading;

namespace Url2Video.Farm.Core.Storyboards;

internal static class VisualReader
{
    private enum Kind
    {
        Image,
        Procedural,
        Clip,
        Solid,
        Split,
        Spin,
    }

    public static Visual Default { get; } = new Visual.Procedural(Pattern.Gradient, 0, null, null);

    public static Visual Read(StrictObject visual, ReadErrors errors)
    {
        var kind = visual.RequireChoice<Kind>("kind");
        var why = visual.OptionalText("why", 0, 400);
        var score = (int?)visual.OptionalInteger("score", 0, 100);
        return kind switch
        {
            Kind.Clip => ClipReader.Read(visual, why, score, errors),
            Kind.Procedural => new Visual.Procedural(
                visual.Choice("pattern", Pattern.Gradient), visual.OptionalInteger("seed", 0, StoryboardReader.SeedMax) ?? 0, why, score),
            Kind.Solid => new Visual.Solid(visual.TryRequire("colour", out _) ? visual.Colour("colour", default) : default, why, score),
            Kind.Split => JoinedReader.ReadSplit(visual, why, score, errors),
            Kind.Spin => JoinedReader.ReadSpin(visual, why, score, errors),
            _ => ReadImage(visual, why, score, errors),
        };
    }

    private static Visual.Image ReadImage(StrictObject visual, string? why, int? score, ReadErrors errors) => new(
        ReadAsset(visual, "asset", "images/a.jpg", errors),
        visual.OptionalText("alt", 0, 1_000) ?? "",
        ReadPoint(visual, "focus"),
        visual.Choice("fit", Fit.Cover),
        visual.Child("camera", c => ReadCamera(c, errors)) ?? Camera.Still,
        why,
        score)
    {
        Brushes = visual.List("brush", 0, MotionBrush.PerPictureMax, (v, p) => BrushReader.Read(v, p, errors)),
    };

    /// <param name="example">A path of the right kind, for the message.</param>
    internal static VisualAsset ReadAsset(StrictObject visual, string name, string example, ReadErrors errors)
    {
        if (visual.TryRequire(name, out var value) && value.ValueKind == JsonValueKind.Object)
        {
            return visual.Child(name, a => ReadArtifact(a, errors)) is { } artifact ? artifact : new VisualAsset.InBundle("?");
        }

        return PathOf(visual.OptionalText(name, 1, BundlePath.CharsMax) ?? "?", visual.PointerOf(name), example, errors);
    }

    /// <summary>The same for an asset of a list.</summary>
    internal static VisualAsset ReadAssetAt(JsonElement value, string pointer, string example, ReadErrors errors)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            return PathOf(StrictValue.Text(value, pointer, 1, BundlePath.CharsMax, errors) ?? "?", pointer, example, errors);
        }

        var artifact = new StrictObject(value, pointer, errors);
        var result = ReadArtifact(artifact, errors);
        artifact.Finish();
        return result;
    }

    private static VisualAsset.InBundle PathOf(string path, string pointer, string example, ReadErrors errors)
    {
        if (!BundlePath.IsWellFormed(path))
        {
            errors.Invalid(pointer, $"\"{path}\" is not a path inside the bundle.", $"Name a file beside or below the storyboard, such as {example}.");
        }

        return new VisualAsset.InBundle(path);
    }

    private static VisualAsset.Resolved ReadArtifact(StrictObject asset, ReadErrors errors)
    {
        var sha256 = asset.RequireText("sha256", 64);
        if (sha256 != "?" && (sha256.Length != 64 || !sha256.All(c => char.IsAsciiHexDigitLower(c))))
        {
            errors.Invalid(asset.PointerOf("sha256"), "expected 64 lower-case hexadecimal digits.");
        }

        return new VisualAsset.Resolved(new ArtifactRef(new ArtifactId(sha256), asset.RequireInteger("bytes", 1, int.MaxValue)));
    }

    internal static Camera ReadCamera(StrictObject camera, ReadErrors errors) => camera.TryGet("move", out _)
        ? Camera.Still with { Move = CameraMoveReader.Read(camera, errors) }
        : new Camera(ReadView(camera, "from"), ReadView(camera, "to"), camera.Choice("easing", Easing.Smooth));

    private static CameraView ReadView(StrictObject camera, string name)
    {
        var view = CameraView.Whole;
        _ = camera.Child(name, v =>
        {
            view = new CameraView(
                new Point(v.Decimal("x", Point.Scale, 0, Point.Scale, 5_000), v.Decimal("y", Point.Scale, 0, Point.Scale, 5_000)),
                v.Decimal("zoom", Point.Scale, Point.Scale, 4 * Point.Scale, Point.Scale));
            return camera;
        });
        return view;
    }

    internal static Point ReadPoint(StrictObject parent, string name)
    {
        var point = Point.Centre;
        _ = parent.Child(name, p =>
        {
            point = new Point(p.Decimal("x", Point.Scale, 0, Point.Scale, 5_000), p.Decimal("y", Point.Scale, 0, Point.Scale, 5_000));
            return parent;
        });
        return point;
    }
}
