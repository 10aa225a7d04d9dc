using Url2Video.Farm.Core.Contracts;

namespace Url2Video.Farm.Core.Planning;

/// <summary>What the bytes of a rendered chunk depend on.</summary>
/// <remarks>
/// Scenes count by where they lie relative to the chunk (motion follows the scene's own frames), not by their number in the
/// storyboard. The chunk's own position counts too, because tfdt and the sequence number are in the bytes, and which frames are measured. In a film for
/// streams that costs nothing: chunks lie on a fixed grid, so an edit that moves a scene moves it against the grid as well.
/// Speech counts where the work carries it; whoever plans a film without burned-in captions leaves it out.
/// </remarks>
internal static class RenderKey
{
    public static void Add(KeyHash hash, JobWork.Render render, StoryboardFacts? facts)
    {
        JobKeys.Document(hash, render.Storyboard, facts);
        hash.Add(render.Fps).Add(render.Width).Add(render.Height);
        hash.Add(render.Ladder.AsSpan(), static (h, r) => Rung(h, r));
        hash.Add(render.Chunk.Segments.AsSpan(), static (h, s) => h.Add(s.Index).Add(s.FirstFrame).Add(s.Frames));

        if (render.GopFrames > 0)
        {
            hash.Add("gop").Add(render.GopFrames); // Whatever its length: where an older server plans, the distance may be that of a stream all the same.
        }

        hash.Add(render.Scenes.Length);
        for (var index = 0; index < render.Scenes.Length; index++)
        {
            var scene = render.Scenes[index];
            hash.Add(facts is null ? $"{scene.Index}" : facts.Scenes[scene.Index].Visual);
            hash.Add(scene.StartFrame - render.Chunk.FirstFrame).Add(scene.Frames).Add(scene.TransitionFrames).Add(scene.TailFrames);
            Captions(hash, render, scene, index < render.Speech.Length ? render.Speech[index] : null);
        }

        JobKeys.Measured(hash, render.Quality, "measured/2"); // 2: texts by where their scene begins
    }

    // What H.264 by software was keyed by from the start must stay as it is, or every film of yesterday would be rendered anew.
    private static void Rung(KeyHash hash, Rung rung)
    {
        hash.Add(rung.Name).Add(rung.Width).Add(rung.Height).Add(rung.Crf).Add(rung.Preset);
        if (rung.Codec != VideoCodec.H264 || rung.IsNvenc)
        {
            hash.Add(CodecTable.EncoderOf(rung.Codec, rung.IsNvenc)).Add((long)rung.Codec);
        }
    }

    // A word is shown from the frame its sample falls in, so the exact distance in samples · fps from the chunk's first
    // frame decides, not the distance in whole frames. Word times are counted from the start of the scene's speech.
    private static void Captions(KeyHash hash, JobWork.Render render, SceneSlot scene, SceneSpeech? speech)
    {
        if (speech is null)
        {
            hash.Add((string?)null);
            return;
        }

        var phase = scene.SpeechStartSample * render.Fps.Numerator
            - render.Chunk.FirstFrame * render.Fps.Denominator * SampleClock.SamplesPerSecond;
        hash.Add(phase).Add(speech.Words).Add(speech.Samples);
    }
}
