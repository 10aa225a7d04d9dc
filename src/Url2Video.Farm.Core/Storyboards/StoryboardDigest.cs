using System.Globalization;
using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Plugins;
using Url2Video.Farm.Core.Storyboards.Sounds;

namespace Url2Video.Farm.Core.Storyboards;

/// <summary>
/// Says which parts of a film depend on what: each hash is over the canonical form of exactly the properties that its part is
/// made from, so an edit remakes only what it touches.
/// </summary>
public static class StoryboardDigest
{
    public static StoryboardFacts FactsOf(Storyboard storyboard) => new(
        storyboard.Title,
        storyboard.Language,
        storyboard.Canvas.Width,
        storyboard.Canvas.Height,
        storyboard.Canvas.Fps,
        MixOf(storyboard),
        [.. storyboard.Scenes.Select((scene, index) => FactsOf(storyboard, scene, index))]);

    private static SceneFacts FactsOf(Storyboard storyboard, Scene scene, int index) => new(
        scene.Id,
        scene.IsSilent ? null : SayOf(storyboard, scene),
        VisualOf(storyboard, scene),
        scene.Timing.MsMin,
        scene.Timing.MsFixed,
        scene.Timing.MsLead,
        scene.Timing.MsTail,
        index == 0 ? 0 : scene.Transition.Ms,
        !scene.NeedsVoice ? [] : [$"voice:{storyboard.Voice.Engine}"])
    {
        PictureNeeds = [.. scene.Plugins.Select(p => PluginWords.Of(p.Id, p.Sha256)).Distinct().Order(StringComparer.Ordinal)],
    };

    /// <summary>The words and who says them.</summary>
    private static string SayOf(Storyboard storyboard, Scene scene) => Hash("say/1", json => WriteSpeech(json, storyboard, scene));

    /// <summary>All that can be seen; of the words only what burned captions show of them.</summary>
    private static string VisualOf(Storyboard storyboard, Scene scene) => Hash("visual/1", json =>
    {
        json.Write("canvas", storyboard.Canvas);
        json.Write("palette", storyboard.Palette);
        if (storyboard.Captions.IsBurned)
        {
            json.WriteChoice("captions", storyboard.Captions.Style);
            WriteSpeech(json, storyboard, scene);
        }

        json.WriteString("language", storyboard.Language);
        json.WriteChoice("role", scene.Role);
        json.Write("text", scene.Texts);
        if (scene.Texts.Any(t => t.Kind == TextKind.Bullets))
        {
            // Points come in over the narration, which lies between these two.
            json.WriteNumber("lead", scene.Timing.MsLead);
            json.WriteNumber("tail", scene.Timing.MsTail);
        }

        if (scene.Texts.Any(t => t.Kind == TextKind.Chart))
        {
            json.WriteNumber("charts", 2); // 2: figures stand clear of the line, parts of a ring go from dark to light
        }

        json.Write("visual", scene.Visual, withReason: false);
        json.WriteLayers(scene.Layers, withReason: false);
        json.WriteLighting(scene.Lighting);
        json.WriteChoice("transition", scene.Transition.Kind);
        if ((scene.Look ?? storyboard.Look) is { Numbers.IsNeutral: false } look)
        {
            // The numbers, not the name: a look that is tuned later makes the film anew, and naming one differently does not.
            json.WriteNumbers("look", look.Numbers);
        }

        json.WriteEffects(scene.Effects);
        json.WritePlugins(scene.Plugins);
        json.WriteLogo(scene.Logo);
        json.WriteWatermark(storyboard.Watermark);
    });

    /// <summary>Music, loudness, room and effects. What has its default is not in the hash, so films from before there was a choice keep theirs.</summary>
    private static string MixOf(Storyboard storyboard) => Hash("mix/1", json =>
    {
        json.Write("music", storyboard.Music);
        json.WriteTenths("loudness", storyboard.LoudnessLufsTenths);
        json.WriteSpace(storyboard.Space);
        if (storyboard.Music?.Mood == MusicMood.Auto)
        {
            json.WriteChoice("chosen", NarrationMood.Of(storyboard));
        }

        foreach (var (index, scene) in storyboard.Scenes.Index().Where(s => !s.Item.Sounds.IsEmpty))
        {
            json.WriteNumber("scene", index);
            json.WriteNumber("transition", scene.Transition.Ms);
            json.WriteSounds(scene.Sounds);
        }

        foreach (var (index, scene) in storyboard.Scenes.Index())
        {
            if (scene.Visual is Visual.Clip { Sound: { } sound } clip)
            {
                json.WriteHeard(clip, sound, index, scene.Transition.Ms, storyboard.Scenes.ElementAtOrDefault(index + 1)?.Transition.Ms ?? 0);
            }
        }

        foreach (var (index, scene) in storyboard.Scenes.Index())
        {
            var keys = KeyCues.Of(scene, storyboard.Canvas.Fps);
            if (!keys.IsEmpty)
            {
                json.WriteString("keys", string.Create(CultureInfo.InvariantCulture, $"{index}: {string.Join(' ', keys.Select(k => $"{k.Sample} {k.Sound}"))}"));
            }
        }
    });

    private static void WriteSpeech(Utf8JsonWriter json, Storyboard storyboard, Scene scene)
    {
        json.WriteString("say", scene.Say);
        json.WriteNarration(scene.Narration);
        json.WriteString("spoken", storyboard.Language);
        json.Write("voice", storyboard.Voice);
    }

    /// <param name="kind">Keeps hashes of different parts apart, and of different versions of this code.</param>
    private static string Hash(string kind, Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("of", kind);
            write(json);
            json.WriteEndObject();
        }

        return Convert.ToHexStringLower(SHA256.HashData(buffer.WrittenSpan));
    }
}
