using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Captions;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Errors;
using Url2Video.Farm.Core.Planning;
using Url2Video.Farm.Media.Composition;
using Url2Video.Farm.Media.Speech;
using WordTime = Url2Video.Farm.Core.Captions.WordTime;

namespace Url2Video.Farm.Node.Work;

/// <summary>
/// The word times of a narration as a file, and the captions made of them. Captions are cut scene by scene and end with their
/// scene, so a chunk sees the same captions whichever other scenes its job names.
/// </summary>
internal static class SpeechFiles
{
    private const int WordsBytesMax = 4 * 1024 * 1024;

    /// <summary><c>{"version":1,"words":[{"text","start","end"}],"phones":[{"symbol","viseme","start","end"}]}</c>, times in samples of the clip.</summary>
    public static byte[] Write(SpokenClip clip)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteNumber("version", 1);
            json.WriteStartArray("words");
            foreach (var word in clip.Words)
            {
                json.WriteStartObject();
                json.WriteString("text", word.Text);
                json.WriteNumber("start", word.StartSample);
                json.WriteNumber("end", word.EndSample);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteStartArray("phones");
            foreach (var phone in clip.Phones)
            {
                json.WriteStartObject();
                json.WriteString("symbol", phone.Symbol);
                json.WriteString("viseme", phone.Viseme.ToString().ToLowerInvariant());
                json.WriteNumber("start", phone.StartSample);
                json.WriteNumber("end", phone.EndSample);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return stream.ToArray();
    }

    /// <summary>The captions of the given scenes, on the film's clock, in order.</summary>
    public static async Task<ImmutableArray<Cue>> CuesAsync(
        ImmutableArray<SceneSlot> scenes,
        ImmutableArray<SceneSpeech?> speech,
        CaptionStyle style,
        IArtifactIo io,
        CancellationToken cancellation)
    {
        var cues = ImmutableArray.CreateBuilder<Cue>();
        foreach (var (slot, spoken) in scenes.Zip(speech))
        {
            if (spoken is null)
            {
                continue;
            }

            var words = Read(await io.ReadAsync(spoken.Words, WordsBytesMax, cancellation).ConfigureAwait(false), slot.SpeechStartSample);
            var end = slot.StartSample + slot.Samples;
            cues.AddRange(CaptionBuilder.Build(words, style)
                .Where(c => c.StartSample < end)
                .Select(c => c with { EndSample = Math.Min(c.EndSample, end - style.GapSamplesMin) })
                .Where(c => c.EndSample > c.StartSample));
        }

        return cues.ToImmutable();
    }

    /// <summary>The same in frames of the film, for captions that are burned into the picture.</summary>
    public static async Task<ImmutableArray<CaptionCue>> CaptionsOfAsync(JobWork.Render work, WorkContext context)
    {
        var style = CaptionStyle.For(work.Width, work.Height, work.Fps);
        var cues = await CuesAsync(work.Scenes, work.Speech, style, context.Artifacts, context.Cancellation).ConfigureAwait(false);
        return [.. cues.Select(c => InFrames(c, work.Fps)).Where(c => c.EndFrame > c.StartFrame)];
    }

    private static CaptionCue InFrames(Cue cue, Rational fps) => new(
        SampleClock.FramesIn(cue.StartSample, fps),
        SampleClock.FramesIn(cue.EndSample, fps),
        [.. cue.Words.Select(w => new CaptionWord(w.Text, SampleClock.FramesIn(w.StartSample, fps), SampleClock.FramesIn(w.EndSample, fps)))]);

    private static List<WordTime> Read(byte[] file, long offset)
    {
        try
        {
            using var document = JsonDocument.Parse(file);
            return
            [
                .. document.RootElement.GetProperty("words").EnumerateArray().Select(w => new WordTime(
                    w.GetProperty("text").GetString() ?? "",
                    offset + w.GetProperty("start").GetInt64(),
                    offset + w.GetProperty("end").GetInt64())),
            ];
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new FarmException(ErrorCodes.ArtifactCorrupt, $"A file of word times cannot be read: {e.Message}", cause: e);
        }
    }
}
