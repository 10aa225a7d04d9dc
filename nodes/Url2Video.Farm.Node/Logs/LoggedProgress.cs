using System.Globalization;

namespace Url2Video.Farm.Node.Logs;

/// <summary>Writes every tenth of the work into the log of the attempt, and passes everything on.</summary>
internal sealed class LoggedProgress(AttemptLog log, IProgress<WorkProgress> onwards) : IProgress<WorkProgress>
{
    private int _tenths;

    public void Report(WorkProgress value)
    {
        if (value.Total > 0)
        {
            var tenths = (int)(Math.Clamp(value.Done, 0, value.Total) * 10 / value.Total);
            if (tenths > Volatile.Read(ref _tenths))
            {
                Volatile.Write(ref _tenths, tenths);
                log.Write("INF", string.Create(CultureInfo.InvariantCulture, $"{tenths}0 % ({value.Done} of {value.Total})"));
            }
        }

        onwards.Report(value);
    }
}
