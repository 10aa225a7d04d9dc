using Akka.Actor;
using Url2Video.Farm.Cluster.Projects;
using Url2Video.Farm.Core;

namespace Url2Video.Farm.Node.Running;

/// <summary>Thins out what a work tells of itself: at most five times a second, to whoever listens in this process.</summary>
internal sealed class LiveReport(JobId job, ActorSystem system, TimeProvider clock) : IProgress<WorkProgress>
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(200);
    private readonly Lock _gate = new();
    private long _toldAt;
    private int _told = -1;

    public void Report(WorkProgress value)
    {
        if (value.Total <= 0)
        {
            return;
        }

        var permille = (int)(Math.Clamp(value.Done, 0, value.Total) * 1000 / value.Total);
        lock (_gate)
        {
            var now = clock.GetTimestamp();
            if (permille == _told || (_told >= 0 && clock.GetElapsedTime(_toldAt, now) < Period))
            {
                return;
            }

            (_told, _toldAt) = (permille, now);
        }

        system.EventStream.Publish(new LiveProgress(job, permille) { Line = Logs.AttemptLog.Current?.LastLine ?? string.Empty });
    }
}
