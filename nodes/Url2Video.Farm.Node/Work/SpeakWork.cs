using System.Buffers.Binary;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Media.Speech;

namespace Url2Video.Farm.Node.Work;

/// <summary>One scene's narration to samples and word times.</summary>
public sealed class SpeakWork(NodeVoices voices) : IWork
{
    public JobKind Kind => JobKind.Speak;

    public async Task<JobResult> RunAsync(JobSpec job, WorkContext context)
    {
        var work = (JobWork.Speak)job.Work;
        var board = await StoryboardFile.ReadAsync(context.Artifacts, work.Storyboard, context.Cancellation).ConfigureAwait(false);
        var scene = board.Scenes[work.Scene];
        var clip = MediaFaults.Guard(job, () =>
        {
            var voice = voices.Catalog.Resolve(board.Voice.Id, board.Language);
            return new Speaker(voices.Catalog).Speak(scene.Say, voice, PaceOf(board.Voice), board.Language, context.Cancellation);
        });

        var pcm = await context.Artifacts.WriteAsync(Bytes(clip.Pcm), context.Cancellation).ConfigureAwait(false);
        var words = await context.Artifacts.WriteAsync(SpeechFiles.Write(clip), context.Cancellation).ConfigureAwait(false);
        return new JobResult.Spoken(new SceneSpeech(pcm, words, clip.Samples));
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
