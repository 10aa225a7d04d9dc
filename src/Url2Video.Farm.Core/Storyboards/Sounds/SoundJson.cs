using System.Collections.Immutable;
using System.Text.Json;

namespace Url2Video.Farm.Core.Storyboards.Sounds;

/// <summary>
/// The canonical form of sound. What has its default is not written: documents from before there was a choice keep their bytes,
/// and so their films.
/// </summary>
internal static class SoundJson
{
    extension(Utf8JsonWriter json)
    {
        public void WriteMembers(Music music)
        {
            json.WriteChoice("mood", music.Mood);
            json.WriteNumber("seed", music.Seed);
            if (music.File is { } file)
            {
                json.Write("file", file.Asset);
                json.WriteUnless("startMs", file.MsStart, 0);
                if (file.End != MusicEnd.Loop)
                {
                    json.WriteChoice("end", file.End);
                }
            }

            json.WriteGain(music.GainDecibelTenths);
            json.WriteUnless("fadeInMs", music.MsFadeIn, Music.MsFadeInDefault);
            json.WriteUnless("fadeOutMs", music.MsFadeOut, Music.MsFadeOutDefault);
            if (music.Duck != Duck.Default)
            {
                json.WriteStartObject("duck");
                json.WriteNumber("depth", music.Duck.DepthDecibel);
                json.WriteNumber("attackMs", music.Duck.MsAttack);
                json.WriteNumber("releaseMs", music.Duck.MsRelease);
                json.WriteEndObject();
            }
        }

        public void WriteSpace(Space space)
        {
            if (space.IsDefault)
            {
                return;
            }

            json.WriteStartObject("space");
            json.WriteChoice("room", space.Room);
            json.WriteNumber("wet", space.WetPercent / 100m);
            json.WritePlace("voice", space.Voice);
            json.WriteEndObject();
        }

        public void WriteNarration(VisualAsset? narration)
        {
            if (narration is not null)
            {
                json.Write("narration", narration);
            }
        }

        public void WriteSounds(ImmutableArray<SceneSound> sounds)
        {
            if (sounds.IsEmpty)
            {
                return;
            }

            json.WriteStartArray("sounds");
            foreach (var sound in sounds)
            {
                json.WriteStartObject();
                json.WriteChoice("kind", sound.Kind);
                json.WriteChoice("on", sound.On);
                json.WriteNumber("atMs", sound.MsAt);
                json.WriteGain(sound.GainDecibelTenths);
                json.WriteUnless("count", sound.Count, 1);
                json.WriteUnless("everyMs", sound.MsEvery, 20);
                json.WriteUnless("seed", sound.Seed, 0);
                json.WritePlace("place", sound.Place);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        private void WritePlace(string name, SoundPlace? place)
        {
            if (place is null)
            {
                return;
            }

            json.WriteStartObject(name);
            json.WriteNumber("azimuth", place.AzimuthDegrees);
            json.WriteNumber("elevation", place.ElevationDegrees);
            json.WriteNumber("distance", place.DistanceCentimetres / 100m);
            json.WriteEndObject();
        }

        private void WriteGain(int tenths)
        {
            if (tenths != 0)
            {
                json.WriteTenths("gain", tenths);
            }
        }

        private void WriteUnless(string name, long value, long otherwise)
        {
            if (value != otherwise)
            {
                json.WriteNumber(name, value);
            }
        }
    }
}
