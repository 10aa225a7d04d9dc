using Url2Video.Farm.Media.Composition;
using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Media.Measuring;

/// <summary>The frames kernels work on, and what is measured of them.</summary>
public sealed class KernelStage : IDisposable
{
    private static readonly Look s_table = new()
    {
        Contrast = 106, Saturation = 112, Curve = 25, Toning = 38, Shadows = new Rgb(0, 110, 130), Highlights = new Rgb(255, 156, 80),
    };

    // 1.15 of the size, at a place between pixels.
    private static readonly CropWindow s_window = new((97L << 32) + (1L << 30), (55L << 32) + (1L << 29), (1669L << 32) + (1L << 31), 939L << 32);

    private readonly YuvImage _from, _to, _target;
    private readonly List<IDisposable> _held = [];
    private readonly FrameSampler _sampler = new(Kernel.Width, Kernel.Height);
    private long _frame;

    /// <param name="photos">Two of them are scaled to the frame.</param>
    public KernelStage(Photos photos)
    {
        (_from, _to) = (Scaled(photos, "photo0"), Scaled(photos, "photo1"));
        _target = new YuvImage(Kernel.Width, Kernel.Height);
    }

    /// <summary>All kernels; the first is the copy that the others are compared with.</summary>
    public IReadOnlyList<Kernel> Kernels() =>
    [
        new("copy", () => ImageBlend.Copy(_from, _target), null),
        new("cross-fade", () => ImageBlend.CrossFade(_from, _to, 12_345, _target), "blend=all_mode=normal:all_opacity=0.6") { GoalMillis = 0.35 },
        new("slow camera (sub-pixel window)", () => _sampler.Draw(_from, s_window, _target, new PixelRect(0, 0, Kernel.Width, Kernel.Height)), "zoompan=z=1.15:x=97.3:y=55.1:d=1:s=1920x1080:fps=24"),
        Transition(TransitionKind.WipeLeft, "xfade=transition=smoothleft:duration=1:offset=0"),
        Transition(TransitionKind.CircleOpen, "xfade=transition=circleopen:duration=1:offset=0"),
        Transition(TransitionKind.Dissolve, "xfade=transition=dissolve:duration=1:offset=0"),
        Transition(TransitionKind.PushLeft, "xfade=transition=slideleft:duration=1:offset=0"),
        Transition(TransitionKind.FadeBlack, "xfade=transition=fadeblack:duration=1:offset=0"),
        Transition(TransitionKind.ZoomIn, "xfade=transition=zoomin:duration=1:offset=0"),
        Transition(TransitionKind.Blur, "xfade=transition=hblur:duration=1:offset=0"),
        Transition(TransitionKind.Mosaic, "xfade=transition=pixelize:duration=1:offset=0"),
        Transition(TransitionKind.Glitch, null),
        Look("contrast and saturation", new Look { Contrast = 120, Saturation = 80 }, "eq=contrast=1.2:saturation=0.8"),
        Look("sepia", new Look { Sepia = 100 }, "colorchannelmixer=.393:.769:.189:0:.349:.686:.168:0:.272:.534:.131"),
        Look("look by table, 33³ tetrahedral", s_table, "lut3d=file=LUT:interp=tetrahedral") with { GoalMillis = 8 },
        Look("vignette", new Look { Vignette = 30 }, "vignette"),
        Look("vignette and grain", new Look { Vignette = 30, Grain = 10 }, "vignette,noise=alls=10:allf=t"),
        Look("vintage, whole", new Look { Sepia = 70, Contrast = 120, Saturation = 80, Vignette = 30, Grain = 10 }, null),
        Blur("blur, two boxes of radius 20", 20, "boxblur=20:2"),
        .. Enum.GetValues<BlendMode>().Select(BlendOf),
    ];

    /// <inheritdoc/>
    public void Dispose()
    {
        _held.ForEach(h => h.Dispose());
        _sampler.Dispose();
        _from.Dispose();
        _to.Dispose();
        _target.Dispose();
    }

    private Kernel Transition(TransitionKind kind, string? filter)
    {
        var renderer = Held(new TransitionRenderer(Kernel.Width, Kernel.Height, _sampler, LanesOfCpu.Best));
        return new($"transition {kind}", () => renderer.Draw(kind, _from, _to, 12_345, _target), filter);
    }

    // A look works in place: what it finds does not change what it costs.
    private Kernel Look(string name, Look look, string? filter)
    {
        var renderer = Held(new LookRenderer(look, Kernel.Width, Kernel.Height, LanesOfCpu.Best));
        return new(name, () => renderer.Apply(_to, _frame++), filter);
    }

    private Kernel Blur(string name, int radius, string filter)
    {
        var blur = Held(new SoftBlur(Kernel.Width, Kernel.Height, LanesOfCpu.Best));
        return new(name, () => blur.Apply(_target, radius, passes: 2), filter);
    }

    private unsafe Kernel BlendOf(BlendMode mode) => new(
        $"blend {mode}, luma",
        () =>
        {
            for (nint y = 0; y < Kernel.Height; y++)
            {
                RowKernels.Blend(mode, _from.Y + (y * _from.StrideY), _to.Y + (y * _to.StrideY), _target.Y + (y * _target.StrideY), Kernel.Width,
                    20_000, LanesOfCpu.Best);
            }
        },
        mode == BlendMode.Add ? "blend=c0_mode=addition:c0_opacity=0.6" : $"blend=c0_mode={mode.ToString().ToLowerInvariant()}:c0_opacity=0.6");

    private T Held<T>(T thing) where T : IDisposable
    {
        _held.Add(thing);
        return thing;
    }

    private static YuvImage Scaled(Photos photos, string id)
    {
        using var picture = photos.Open(id);
        return PictureScaler.Scale(picture.Image, Kernel.Width, Kernel.Height);
    }
}
