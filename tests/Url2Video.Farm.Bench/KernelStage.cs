using Url2Video.Farm.Media.Composition;
using Url2Video.Farm.Media.Pixels;

namespace Url2Video.Farm.Bench;

/// <summary>The frames kernels work on, and what is measured of them.</summary>
internal sealed class KernelStage : IDisposable
{
    private static readonly Look s_table = new()
    {
        Contrast = 106, Saturation = 112, Curve = 25, Toning = 38, Shadows = new Rgb(0, 110, 130), Highlights = new Rgb(255, 156, 80),
    };

    private readonly YuvImage _from, _to, _target;
    private readonly List<IDisposable> _held = [];
    private readonly FrameSampler _sampler = new(KernelBench.Width, KernelBench.Height);
    private long _frame;

    public KernelStage(Photos photos)
    {
        (_from, _to) = (Scaled(photos, "photo0"), Scaled(photos, "photo1"));
        _target = new YuvImage(KernelBench.Width, KernelBench.Height);
    }

    public List<KernelBench.Entry> Entries() =>
    [
        new("copy", () => ImageBlend.Copy(_from, _target), null),
        new("cross-fade", () => ImageBlend.CrossFade(_from, _to, 12_345, _target), "blend=all_expr='A*0.6+B*0.4'"),
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
        Look("look by table, 33³ tetrahedral", s_table, "lut3d=file=LUT:interp=tetrahedral"),
        Look("vignette", new Look { Vignette = 30 }, "vignette"),
        Look("vignette and grain", new Look { Vignette = 30, Grain = 10 }, "vignette,noise=alls=10:allf=t"),
        Look("vintage, whole", new Look { Sepia = 70, Contrast = 120, Saturation = 80, Vignette = 30, Grain = 10 }, null),
        Blur("blur, two boxes of radius 20", 20, "boxblur=20:2"),
        .. Enum.GetValues<BlendMode>().Select(BlendOf),
    ];

    public void Dispose()
    {
        _held.ForEach(h => h.Dispose());
        _sampler.Dispose();
        _from.Dispose();
        _to.Dispose();
        _target.Dispose();
    }

    private KernelBench.Entry Transition(TransitionKind kind, string? filter)
    {
        var renderer = Held(new TransitionRenderer(KernelBench.Width, KernelBench.Height, _sampler, LanesOfCpu.Best));
        return new($"transition {kind}", () => renderer.Draw(kind, _from, _to, 12_345, _target), filter);
    }

    // A look works in place: what it finds does not change what it costs.
    private KernelBench.Entry Look(string name, Look look, string? filter)
    {
        var renderer = Held(new LookRenderer(look, KernelBench.Width, KernelBench.Height, LanesOfCpu.Best));
        return new(name, () => renderer.Apply(_to, _frame++), filter);
    }

    private KernelBench.Entry Blur(string name, int radius, string filter)
    {
        var blur = Held(new SoftBlur(KernelBench.Width, KernelBench.Height, LanesOfCpu.Best));
        return new(name, () => blur.Apply(_target, radius, passes: 2), filter);
    }

    private unsafe KernelBench.Entry BlendOf(BlendMode mode) => new(
        $"blend {mode}, luma",
        () =>
        {
            for (nint y = 0; y < KernelBench.Height; y++)
            {
                RowKernels.Blend(mode, _from.Y + (y * _from.StrideY), _to.Y + (y * _to.StrideY), _target.Y + (y * _target.StrideY), KernelBench.Width,
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
        return PictureScaler.Scale(picture.Image, KernelBench.Width, KernelBench.Height);
    }
}
