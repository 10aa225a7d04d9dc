namespace Url2Video.Farm.Media.FFmpeg;

/// <summary>What the native libraries, and works themselves, warn of.</summary>
public static class MediaLog
{
    /// <summary>Gives every warning of the present flow of control to <paramref name="line"/>, which must be quick and must not throw.</summary>
    public static IDisposable Listen(Action<string> line) => Listen(new AvLog.Hearing(line, AvLog.WarningLevel));

    /// <summary>The same of what the libraries call errors, without what they only warn of.</summary>
    public static IDisposable ListenForErrors(Action<string> line) => Listen(new AvLog.Hearing(line, AvLog.ErrorLevel));

    private static Listening Listen(AvLog.Hearing hearing)
    {
        var outer = AvLog.Listener;
        AvLog.Listener = hearing;
        return new Listening(outer);
    }

    /// <summary>One more line for whoever listens to the present flow of control: an attempt's log, in this process or in the one that ordered the work.</summary>
    public static void Warn(string line) => AvLog.Listener?.Line(line);

    private sealed class Listening(AvLog.Hearing? outer) : IDisposable
    {
        public void Dispose() => AvLog.Listener = outer;
    }
}
