using System.Buffers.Binary;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Errors;
using Url2Video.Farm.Core.Storyboards;
using Url2Video.Farm.Media.Audio.Narration;
using Url2Video.Farm.Media.FFmpeg;
using Url2Video.Farm.Media.Speech;
using Url2Video.Farm.Media.Speech.Recorded;

namespace Url2Video.Farm.Node.Work;

/// <summary>One scene's narration, spoken here or brought along, to samples and word times.</summary>
public sealed class SpeakWork(NodeVoices voices) : IWork
{
    public JobKind Kind => JobKind.Speak;

    public async Task<JobResult> RunAsync(JobSpec job, WorkContext context)
    {
        var work = (JobWork.Speak)job.Work;
        var board = await StoryboardFile.ReadAsync(context.Artifacts, work.Storyboard, context.Cancellation).ConfigureAwait(false);
        var scene = board.Scenes[work.Scene];
        var enhancement = SoundWords.Of(board.Voice.Enhance);
        var clip = MediaFaults.Guard(job, () =>
        {
            if (scene.Narration is VisualAsset.Resolved { Artifact: var recording })
            {
                return Recorded(recording, scene, enhancement, context);
            }

            var voice = voices.Catalog.Resolve(board.Voice.Id, board.Language);
            var spoken = new Speaker(voices.Catalog).Speak(scene.Say, voice, PaceOf(board.Voice), board.Language, context.Cancellation);
            return RecordedSpeech.Enhance(spoken, enhancement);
        });

        var pcm = await context.Artifacts.WriteAsync(Bytes(clip.Pcm), context.Cancellation).ConfigureAwait(false);
        var words = await context.Artifacts.WriteAsync(SpeechFiles.Write(clip), context.Cancellation).ConfigureAwait(false);
        return new JobResult.Spoken(new SceneSpeech(pcm, words, clip.Samples));
    }

    private static SpokenClip Recorded(ArtifactRef recording, Scene scene, Enhancement enhancement, WorkContext context)
    {
        try
        {
            using var file = context.Artifacts.OpenRead(recording);
            return RecordedSpeech.Read(file, scene.Say, enhancement, Limits.NarrationSecondsMax, context.Cancellation);
        }
        catch (FFmpegException e) when (MediaFaults.IsOfInput(e))
        {
            throw new FarmException(MediaFaults.OfSound(e, $"The narration of scene \"{scene.Id}\""), e);
        }
    }

    private static int PaceOf(Core.Storyboards.Voice voice) => Math.Clamp(
        SpeechLimits.WordsPerMinuteDefault * voice.RatePercent / 100,
        SpeechLimits.WordsPerMinuteMin,
        SpeechLimits.WordsPerMinuteMax);

    private static byte[] Bytes(short[] samples)
    {
        var bytes = new byte[samples.Length * sizeof(short)];
        for (var i = 0; i < samples.Length; i++)
        {
            BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(i * sizeof(short)), samples[i]);
        }

        return bytes;
    }
}
