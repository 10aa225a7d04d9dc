using System.Globalization;
using System.Text.Json;
using Url2Video.Farm.Core.Storyboards.Reading;
using Url2Video.Farm.Core.Storyboards.Sounds;

namespace Url2Video.Farm.Core.Storyboards;

internal static class SceneReader
{
    public static Scene Read(JsonElement element, string pointer, string language, ReadErrors errors)
    {
        var scene = new StrictObject(element, pointer, errors);
        var id = scene.OptionalText("id", 1, SceneId.CharsMax) ?? $"scene-{NumberOf(pointer)}";
        if (!SceneId.IsWellFormed(id))
        {
            errors.Invalid(scene.PointerOf("id"), $"\"{id}\" is not a scene id.", "Use letters, digits, - and _.");
        }

        var result = new Scene(
            id,
            scene.Choice("role", SceneRole.Point),
            (scene.OptionalText("say", 0, Limits.NarrationCharsMax) ?? "").Trim(),
            scene.List("text", 0, TextElement.PerSceneMax, (v, p) => ReadText(v, p, language, errors)),
            scene.Child("visual", v => VisualReader.Read(v, errors)) ?? VisualReader.Default,
            scene.Child("transition", t => ReadTransition(t, errors)) ?? Transition.Default,
            scene.Child("timing", ReadTiming) ?? SceneTiming.Default,
            scene.Child("provenance", ReadProvenance))
        {
            Layers = scene.List("layers", 0, SceneLayer.PerSceneMax, (v, p) => LayerReader.Read(v, p, errors)),
            Lighting = scene.Child("lighting", LightingReader.Read),
            Look = LookReader.Read(scene, errors),
            Effects = scene.List("effects", 0, SceneEffect.PerSceneMax, (v, p) => EffectReader.Read(v, p, errors)),
            Narration = SoundReader.ReadNarration(scene, errors),
            Sounds = scene.List("sounds", 0, SceneSound.PerSceneMax, (v, p) => SoundReader.ReadSound(v, p, errors)),
        };
        scene.Finish();
        return result;
    }

    /// <summary>Counted from 1, as people count.</summary>
    private static int NumberOf(string pointer) =>
        int.Parse(pointer.AsSpan(pointer.LastIndexOf('/') + 1), NumberStyles.None, CultureInfo.InvariantCulture) + 1;

    private static TextElement ReadText(JsonElement element, string pointer, string language, ReadErrors errors)
    {
        var text = new StrictObject(element, pointer, errors);
        var kind = text.RequireChoice<TextKind>("kind");
        var values = text.Texts("values", 1, TextElement.ValuesMaxOf(kind), TextElement.CharsMax);
        var result = new TextElement(kind, values)
        {
            Animation = text.Child("animation", a => TextAnimationReader.Read(a, kind, values.FirstOrDefault() ?? "", language, errors)),
            Chart = kind == TextKind.Chart && text.TryRequire("chart", out _) ? text.Child("chart", c => ChartReader.Read(c, errors)) : null,
        };
        text.Finish();
        return result;
    }

    private static Transition ReadTransition(StrictObject transition, ReadErrors errors)
    {
        var kind = transition.Choice("kind", TransitionKind.CrossFade);
        if (kind == TransitionKind.Cut)
        {
            if (transition.Integer("ms", 0, 3_000, 0) != 0)
            {
                errors.Invalid(transition.PointerOf("ms"), "a cut takes no time.", "Leave ms out, or use crossFade.");
            }

            return new Transition(kind, 0);
        }

        return new Transition(kind, transition.Integer("ms", 100, 3_000, Transition.Default.Ms));
    }

    private static SceneTiming ReadTiming(StrictObject timing) => new(
        timing.Integer("minMs", 500, 60_000, SceneTiming.Default.MsMin),
        (int?)timing.OptionalInteger("fixedMs", 500, 600_000),
        timing.Integer("leadMs", 0, 10_000, SceneTiming.Default.MsLead),
        timing.Integer("tailMs", 0, 10_000, SceneTiming.Default.MsTail));

    private static Provenance ReadProvenance(StrictObject provenance) => new(
        provenance.OptionalText("url", 1, 2_000),
        provenance.List("blocks", 0, Provenance.EntriesMax, (v, p) => ReadBlock(provenance, v, p)),
        provenance.Texts("paths", 0, Provenance.EntriesMax, Provenance.PathCharsMax),
        provenance.Texts("quotes", 0, Provenance.EntriesMax, Provenance.QuoteCharsMax));

    private static int ReadBlock(StrictObject provenance, JsonElement value, string pointer) =>
        (int)(provenance.IntegerAt(value, pointer, 0, 1_000_000) ?? 0);
}
