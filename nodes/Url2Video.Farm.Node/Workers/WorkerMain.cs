using System.Collections.Frozen;
using System.Diagnostics;
using System.Runtime.InteropServices;
using Url2Video.Farm.Cluster.Artifacts;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Errors;
using Url2Video.Farm.Media.FFmpeg;
using Url2Video.Farm.Node.Running;

namespace Url2Video.Farm.Node.Workers;

/// <summary>
/// A worker process: jobs come in on standard input, results go out on standard output, one at a time, until the input ends, which is how it hears that its
/// node is gone. Signals of a terminal or a service manager are for the node; it decides what is still to be finished.
/// </summary>
public sealed class WorkerMain
{
    private readonly FrozenDictionary<JobKind, IWork> _works;
    private readonly Stream _input;
    private readonly Stream _output;
    private readonly Lock _writing = new();
    private (int Number, CancellationTokenSource Stop)? _job;
    private WorkerStore? _store;

    private WorkerMain(IEnumerable<IWork> works, Stream input, Stream output) =>
        (_works, _input, _output) = (works.ToFrozenDictionary(w => w.Kind), input, output);

    /// <summary>Returns when the input has ended; the process must end then.</summary>
    /// <param name="memoryBytesMax">Private memory it may have; 0: no bound.</param>
    public static async Task<int> RunAsync(IEnumerable<IWork> works, long memoryBytesMax)
    {
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, static signal => signal.Cancel = true);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, static signal => signal.Cancel = true);
        using var hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, static signal => signal.Cancel = true);
        var output = WorkerSelf.TakeStandardOutput();
        await using var closed = output.ConfigureAwait(false);
        WorkerSelf.Confine(memoryBytesMax);
        var input = Console.OpenStandardInput();
        await using var ended = input.ConfigureAwait(false);
        return await new WorkerMain(works, input, output).ServeAsync().ConfigureAwait(false);
    }

    private async Task<int> ServeAsync()
    {
        using var beat = new Timer(_ => Send(new WorkerFrame(WorkerFrameKind.Beat, [])), null, TimeSpan.FromSeconds(Limits.WorkerBeatSeconds), TimeSpan.FromSeconds(Limits.WorkerBeatSeconds));
        Send(new WorkerFrame(WorkerFrameKind.Ready, []));
        while (await WorkerFrame.ReadAsync(_input, CancellationToken.None).ConfigureAwait(false) is { } frame)
        {
            switch (frame.Kind)
            {
                case WorkerFrameKind.Run:
                    Begin(WorkerWords.OrderOf(frame));
                    break;
                case WorkerFrameKind.Stop:
                    Stop(WorkerWords.NumberOf(frame));
                    break;
                case WorkerFrameKind.Answer:
                    _store?.OnAnswer(frame);
                    break;
            }
        }

        Process.GetCurrentProcess().Kill(); // A native call may be at work, and nobody waits for it.
        return 0;
    }

    // Before the next frame is read: it may be the word to stop this job.
    private void Begin(WorkerWords.Order order)
    {
        var stop = new CancellationTokenSource();
        lock (_writing)
        {
            _job = (order.Number, stop);
        }

        _ = Task.Run(() => WorkAsync(order, stop));
    }

    private async Task WorkAsync(WorkerWords.Order order, CancellationTokenSource stop)
    {
        WorkerFrame answer;
        try
        {
            _store = order.Backed ? new WorkerStore(Send, stop.Token) : null;
            var context = new WorkContext(order.Lease, new ArtifactStore(order.Store, _store), order.Scratch, new Told(this), stop.Token) { FilmDir = order.FilmDir };
            answer = WorkerWords.Finished(await WorkThread.Run(order.Job.Id.Name, () => ListenedAsync(order.Job, context)).ConfigureAwait(false));
        }
        catch (Exception fault)
        {
            var error = WorkRunner.ErrorOf(fault);
            answer = WorkerWords.Failed(error, error.Code == ErrorCodes.Internal && !stop.IsCancellationRequested ? fault.ToString() : string.Empty);
        }

        lock (_writing)
        {
            (_job, _store) = (null, null);
            stop.Dispose();
        }

        Send(answer);
    }

    private void Stop(int number)
    {
        lock (_writing)
        {
            if (_job is { } job && job.Number == number)
            {
                _ = job.Stop.CancelAsync();
            }
        }
    }

    private async Task<JobResult> ListenedAsync(JobSpec job, WorkContext context)
    {
        var work = _works.GetValueOrDefault(job.Work.Kind) ?? throw new FarmException(ErrorCodes.Internal, $"This worker does not do {job.Work.Kind} jobs.");
        using (MediaLog.Listen(line => Send(WorkerWords.Line(line))))
        {
            return await work.RunAsync(job, context).ConfigureAwait(false);
        }
    }

    private void Send(WorkerFrame frame)
    {
        try
        {
            lock (_writing)
            {
                _output.Write(frame.ToBytes());
                _output.Flush();
            }
        }
        catch (IOException)
        {
            // The node is gone; the end of the input says so as well.
        }
    }

    /// <summary>A work reports each picture. People are told five times a second, and a frame on the pipe costs both sides more than the word is worth.</summary>
    private sealed class Told(WorkerMain main) : IProgress<WorkProgress>
    {
        private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(100);
        private readonly Lock _gate = new();
        private long _toldAt;
        private bool _hasTold;

        public void Report(WorkProgress value)
        {
            lock (_gate)
            {
                if (_hasTold && value.Done != value.Total && TimeProvider.System.GetElapsedTime(_toldAt) < Period)
                {
                    return;
                }

                (_hasTold, _toldAt) = (true, TimeProvider.System.GetTimestamp());
            }

            main.Send(WorkerWords.Progress(value));
        }
    }
}
