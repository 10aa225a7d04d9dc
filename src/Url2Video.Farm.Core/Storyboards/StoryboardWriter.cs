using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Url2Video.Farm.Core.Storyboards.Sounds;

namespace Url2Video.Farm.Core.Storyboards;

/// <summary>
/// Writes the canonical form: every property (looks and effects where there are any), always in the same order, two spaces, LF, no byte order mark. Equal storyboards
/// give equal bytes, so the artifact's name is the document's identity.
/// </summary>
public static class StoryboardWriter
{
    private static readonly JsonWriterOptions Pretty = new()
    {
        Indented = true,
        NewLine = "\n",

        // The document is for people and never stands inside HTML.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static byte[] Write(Storyboard storyboard)
    {
        var buffer = new ArrayBufferWriter<byte>(16 * 1024);
        using (var json = new Utf8JsonWriter(buffer, Pretty))
        {
            json.WriteStartObject();
            json.WriteString("schema", Storyboard.Schema);
            json.WriteString("title", storyboard.Title);
            json.WriteString("language", storyboard.Language);
            json.Write("canvas", storyboard.Canvas);
            json.Write("voice", storyboard.Voice);
            json.Write("music", storyboard.Music);
            json.WriteTenths("loudness", storyboard.LoudnessLufsTenths);
            json.WriteSpace(storyboard.Space);
            json.Write("captions", storyboard.Captions);
            json.Write("palette", storyboard.Palette);
            json.WriteLook(storyboard.Look);
            json.WriteStartArray("scenes");
            foreach (var scene in storyboard.Scenes)
            {
                WriteScene(json, scene);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        buffer.Write("\n"u8);
        return buffer.WrittenSpan.ToArray();
    }

    private static void WriteScene(Utf8JsonWriter json, Scene scene)
    {
        json.WriteStartObject();
        json.WriteString("id", scene.Id);
        json.WriteChoice("role", scene.Role);
        json.WriteString("say", scene.Say);
        json.WriteNarration(scene.Narration);
        json.Write("text", scene.Texts);
        json.Write("visual", scene.Visual, withReason: true);
        json.WriteLayers(scene.Layers, withReason: true);
        json.WriteLighting(scene.Lighting);
        json.WriteStartObject("transition");
        json.WriteChoice("kind", scene.Transition.Kind);
        json.WriteNumber("ms", scene.Transition.Ms);
        json.WriteEndObject();
        json.WriteLook(scene.Look);
        json.WriteEffects(scene.Effects);
        json.Write("timing", scene.Timing);
        json.WriteSounds(scene.Sounds);
        if (scene.Provenance is { } provenance)
        {
            json.Write("provenance", provenance);
        }

        json.WriteEndObject();
    }
}
