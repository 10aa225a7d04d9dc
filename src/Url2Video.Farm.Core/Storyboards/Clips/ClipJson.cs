using System.Text.Json;

namespace Url2Video.Farm.Core.Storyboards;

/// <summary>The canonical form of a clip: what has its default is left out.</summary>
internal static class ClipJson
{
    extension(Utf8JsonWriter json)
    {
        /// <param name="isDocument">False leaves out what is not seen: the alternative text, and the sound, which is the mix's.</param>
        public void WriteMembers(Visual.Clip clip, bool isDocument)
        {
            json.WriteString("kind", "clip");
            json.Write("asset", clip.Asset);
            if (isDocument)
            {
                json.WriteString("alt", clip.Alt);
            }

            json.WriteMembers(clip.Cut);
            json.Write("focus", clip.Focus);
            json.WriteChoice("fit", clip.Fit);
            json.Write("camera", clip.Camera);
            if (isDocument && clip.Sound is { } sound)
            {
                json.Write("sound", sound);
            }
        }

        /// <summary>All that the mix is made from.</summary>
        /// <param name="msNext">Of the transition into the scene after it, under which it is still heard.</param>
        public void WriteHeard(Visual.Clip clip, ClipSound sound, int scene, int msTransition, int msNext)
        {
            json.WriteStartObject("clip");
            json.WriteNumber("scene", scene);
            json.WriteNumber("transition", msTransition);
            json.WriteNumber("next", msNext);
            json.Write("asset", clip.Asset);
            json.WriteMembers(clip.Cut);
            json.Write("sound", sound);
            json.WriteEndObject();
        }

        private void WriteMembers(ClipCut cut)
        {
            if (cut.MsStart != 0)
            {
                json.WriteNumber("startMs", cut.MsStart);
            }

            if (cut.MsEnd is { } end)
            {
                json.WriteNumber("endMs", end);
            }

            if (cut.SpeedThousandths != ClipCut.NormalSpeed)
            {
                json.WriteNumber("speed", cut.SpeedThousandths / (decimal)ClipCut.NormalSpeed);
            }

            if (cut.IsLooped)
            {
                json.WriteBoolean("loop", true);
            }
        }

        private void Write(string name, ClipSound sound)
        {
            json.WriteStartObject(name);
            json.WriteTenths("gain", sound.GainDecibelTenths);
            json.WriteEndObject();
        }
    }
}
