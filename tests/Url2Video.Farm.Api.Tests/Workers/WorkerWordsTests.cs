using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Errors;
using Url2Video.Farm.Node;
using Url2Video.Farm.Node.Workers;

namespace Url2Video.Farm.Api.Tests.Workers;

public sealed class WorkerWordsTests
{
    private static readonly ArtifactRef Some = new(new ArtifactId(new string('b', 64)), 12);

    private static readonly JobSpec Job = new(
        new JobId(new ProjectId("prj_01JCY0000000000000000000AA"), "speak/000001"), new JobKey(new string('a', 64)), new JobWork.Speak(Some, 0), [], 60);

    [Theory]
    [InlineData("/film")]
    [InlineData(null)]
    public async Task Order_GoesOverThePipeAndIsTheSame(string? film)
    {
        var lease = new Lease(Job.Id, 7, new NodeIncarnation(new NodeId("a"), 3));

        var order = WorkerWords.OrderOf(await OverAsync(WorkerWords.Run(new(5, "/store", "/scratch", film, true, lease, Job))));

        Assert.Equal((5, "/store", "/scratch", film, true, lease), (order.Number, order.Store, order.Scratch, order.FilmDir, order.Backed, order.Lease));
        Assert.Equal((Job.Id, Job.Key, Job.Work), (order.Job.Id, order.Job.Key, order.Job.Work));
    }

    [Fact]
    public async Task Answers_GoOverThePipeAndAreTheSame()
    {
        var error = new FarmError(ErrorCodes.MediaFailed, "broken", "mend it", Retryable: true);
        var result = new JobResult.Spoken(new SceneSpeech(Some, Some, 48_000));

        Assert.Equal(new WorkProgress(3, 9), WorkerWords.ProgressOf(await OverAsync(WorkerWords.Progress(new(3, 9)))));
        Assert.Equal((4, StoreCall.Bring, Some), WorkerWords.CallOf(await OverAsync(WorkerWords.Call(4, StoreCall.Bring, Some))));
        Assert.Equal((4, true, null), WorkerWords.AnswerOf(await OverAsync(WorkerWords.Answer(4, true, null))));
        Assert.Equal((4, false, error), WorkerWords.AnswerOf(await OverAsync(WorkerWords.Answer(4, false, error))));
        Assert.Equal((error, "a bug"), WorkerWords.FailureOf(await OverAsync(WorkerWords.Failed(error, "a bug"))));
        Assert.Equal(result, WorkerWords.ResultOf(await OverAsync(WorkerWords.Finished(result))));
        Assert.Equal(9, WorkerWords.NumberOf(await OverAsync(WorkerWords.Stop(9))));
    }

    [Fact]
    public async Task End_BetweenFrames_IsTheEnd_WithinOneItIsAFault()
    {
        var whole = WorkerWords.Line("a line").ToBytes();

        Assert.Null(await WorkerFrame.ReadAsync(new MemoryStream(), CancellationToken.None));
        for (var cut = 1; cut < whole.Length; cut++)
        {
            await Assert.ThrowsAsync<EndOfStreamException>(async () => await WorkerFrame.ReadAsync(new MemoryStream(whole[..cut]), CancellationToken.None));
        }
    }

    [Theory]
    [InlineData(new byte[] { 255, 255, 255, 255, 1 })] // A negative length.
    [InlineData(new byte[] { 255, 255, 255, 127, 1 })] // Two gigabytes.
    [InlineData(new byte[] { 1, 0, 0, 0, 200, 0 })] // No kind of frame.
    [InlineData(new byte[] { (byte)'l', (byte)'i', (byte)'b', (byte)':', (byte)' ' })] // What a library prints.
    public async Task Frame_ThatIsNone_IsRefused(byte[] bytes) =>
        await Assert.ThrowsAsync<InvalidDataException>(async () => await WorkerFrame.ReadAsync(new MemoryStream(bytes), CancellationToken.None));

    private static async Task<WorkerFrame> OverAsync(WorkerFrame frame)
    {
        var read = await WorkerFrame.ReadAsync(new MemoryStream(frame.ToBytes()), CancellationToken.None);
        return read!.Value;
    }
}
