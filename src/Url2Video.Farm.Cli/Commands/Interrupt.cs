using System.Runtime.InteropServices;

namespace Url2Video.Farm.Cli.Commands;

/// <summary>Ctrl-C and SIGTERM: the first asks to detach, the second ends the process at once.</summary>
internal sealed class Interrupt : IDisposable
{
    private const int InterruptedExit = 130;
    private readonly CancellationTokenSource _source = new();
    private readonly PosixSignalRegistration[] _registrations;

    public Interrupt() => _registrations =
    [
        PosixSignalRegistration.Create(PosixSignal.SIGINT, OnSignal),
        PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnSignal),
    ];

    public CancellationToken Token => _source.Token;

    public void Dispose()
    {
        foreach (var registration in _registrations)
        {
            registration.Dispose();
        }

        _source.Dispose();
    }

    private void OnSignal(PosixSignalContext context)
    {
        context.Cancel = true;
        if (_source.IsCancellationRequested)
        {
            Environment.Exit(InterruptedExit);
        }

        _source.Cancel();
    }
}
