using Url2Video.Farm.EndToEnd.Tests.Support;

namespace Url2Video.Farm.EndToEnd.Tests;

/// <summary>A film with everything that can be heard: recording, music file, effects, places, a room, a preset.</summary>
public sealed class SoundFilmTests : IDisposable
{
    private const int Second = 48_000;
    private readonly TempFolder _temp = new();

    public void Dispose() => _temp.Dispose();

    [NeedsFact("ffmpeg", "ffprobe")]
    public async Task Film_WithEverythingHeard_IsAtItsLoudnessAndOnTime()
    {
        Directory.CreateDirectory(_temp["audio"]);
        File.WriteAllBytes(_temp["audio/n.wav"], Beeps.Wav(3 * Second, Second));
        var music = Probe.Run("ffmpeg", "-v", "error", "-f", "lavfi", "-i", "sine=220:r=48000:d=3", "-ac", "2", _temp["audio/m.flac"]);
        Assert.True(music.Exit == 0, music.Error);
        File.WriteAllText(_temp["storyboard.json"], """
            { "schema": "url2video.storyboard/1", "title": "Heard", "canvas": { "width": 320, "height": 180, "fps": 30 },
              "voice": { "enhance": "light" }, "loudness": "podcast",
              "music": { "file": "audio/m.flac", "gain": -20, "duck": { "depth": 40 } },
              "scenes": [
                { "id": "a", "narration": "audio/n.wav", "say": "A beep", "timing": { "leadMs": 250 } },
                { "id": "b", "say": "", "timing": { "fixedMs": 5000 }, "sounds": [
                  { "kind": "key", "count": 20, "everyMs": 20, "atMs": 500 },
                  { "kind": "whoosh", "on": "transition", "place": { "azimuth": -60 } },
                  { "kind": "impact", "on": "end", "atMs": -1500 } ] } ] }
            """);

        var result = await Url2VideoProgram.RunAsync(SmallFilm.Render(_temp["storyboard.json"], _temp["out"], _temp["data"]));

        Assert.True(result.Exit == 0, result.Out + result.Error);
        var film = Path.Combine(_temp["out"], "video.mp4");
        var (lufs, peak) = Probe.Loudness(film);
        Assert.InRange(lufs, -16.3, -15.7);
        Assert.True(peak <= -1, $"The true peak is {peak} dBTP.");

        // The words begin 250 ms into the scene, the beep a second later.
        var expected = Second / 4 + Second;
        Assert.InRange(Beeps.Find(film, _temp["out"], expected - 600, expected + 600), expected - 1, expected + 1);
        Assert.Contains("beep", File.ReadAllText(Path.Combine(_temp["out"], "captions.vtt")), StringComparison.Ordinal);
    }
}
