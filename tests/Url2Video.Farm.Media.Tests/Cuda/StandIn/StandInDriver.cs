using Url2Video.Farm.Media.Cuda;

namespace Url2Video.Farm.Media.Tests.Cuda.StandIn;

/// <summary>
/// A CUDA driver that is a table of C# functions: host memory, one context, handles that must be live, work that is done only when
/// somebody waits for it. One at a time in a process: the functions are static.
/// </summary>
internal sealed unsafe partial class StandInDriver : IDisposable
{
    private const nint ContextHandle = 0x1000;

    [ThreadStatic]
    private static int t_entered;

    private static StandInDriver? s_current;

    private readonly Lock _gate = new();
    private readonly Dictionary<nint, object> _handles = [];
    private readonly Queue<Action> _pending = new();
    private readonly IProcessor _processor;
    private nint _next = 0x2000;
    private int _takes;

    public StandInDriver(IProcessor processor)
    {
        _processor = processor;
        Assert.Null(Interlocked.CompareExchange(ref s_current, this, null));
        Driver = new CudaDriver(name => s_table[name]);
    }

    public CudaDriver Driver { get; }

    /// <summary>What was called, in order.</summary>
    public List<string> Calls { get; } = [];

    /// <summary>What the driver found wrong with those who called it.</summary>
    public List<string> Faults { get; } = [];

    public DeviceMemory Memory { get; } = new();

    public int Devices { get; init; } = 1;

    public (int Major, int Minor) Capability { get; init; } = (9, 0);

    public long MemoryBytes { get; init; } = 1L << 30;

    /// <summary>References to the context that are held.</summary>
    public int Retained { get; private set; }

    /// <summary>Modules, streams, events and pinned memory that are held.</summary>
    public int HandlesHeld => _handles.Count;

    /// <summary>Which call fails, of all that do not let go of something, and with what; −1 for none.</summary>
    public (int Call, CudaResult Result) Failure { get; set; } = (-1, CudaResult.Success);

    /// <summary>The call that <see cref="Failure"/> meant; empty while it has not come.</summary>
    public string FailedCall { get; private set; } = "";

    public bool HasFailed => FailedCall.Length > 0;

    /// <summary>A call that always fails; empty for none.</summary>
    public (string Call, CudaResult Result) Refusal { get; set; } = ("", CudaResult.Success);

    /// <summary>Nothing is held and nothing was wrong.</summary>
    public void AssertIdle()
    {
        Assert.Empty(Faults);
        Assert.Equal((0, 0, 0L), (Retained, HandlesHeld, Memory.BytesHeld));
        Assert.Equal(0, t_entered);
    }

    public void Dispose() => s_current = null;

    private static CudaResult On(string call, bool isInContext, Func<StandInDriver, CudaResult> body)
    {
        if (s_current is not { } now)
        {
            return CudaResult.InvalidContext;
        }

        lock (now._gate)
        {
            now.Calls.Add(call);
            if (now.Refused(call) is var refused and not CudaResult.Success)
            {
                return refused;
            }

            if (isInContext && t_entered == 0)
            {
                now.Faults.Add($"{call} outside of a context");
                return CudaResult.InvalidContext;
            }

            try
            {
                return body(now);
            }
            catch (Exception fault)
            {
                now.Faults.Add($"{call}: {fault.Message}");
                return CudaResult.LaunchFailed;
            }
        }
    }

    private CudaResult Refused(string call)
    {
        if (call == Refusal.Call)
        {
            return Refusal.Result;
        }

        if (IsRelease(call) || _takes++ != Failure.Call)
        {
            return CudaResult.Success;
        }

        FailedCall = call;
        return Failure.Result;
    }

    private static bool IsRelease(string call) =>
        call.Contains("Free", StringComparison.Ordinal) || call.Contains("Destroy", StringComparison.Ordinal) || call.Contains("Unload", StringComparison.Ordinal)
        || call.Contains("Release", StringComparison.Ordinal) || call.Contains("Pop", StringComparison.Ordinal) || call.Contains("GetError", StringComparison.Ordinal);

    private nint Hold(object thing)
    {
        _handles.Add(++_next, thing);
        return _next;
    }

    private T Held<T>(nint handle) =>
        _handles.TryGetValue(handle, out var thing) && thing is T known ? known : throw new InvalidOperationException($"{handle:x} is no live {typeof(T).Name}");

    private CudaResult LetGo<T>(nint handle)
    {
        _ = Held<T>(handle);
        _handles.Remove(handle);
        return CudaResult.Success;
    }

    // A real driver works while the host goes on; this one works when it is waited for, which is as late as can be.
    private CudaResult Finish()
    {
        while (_pending.TryDequeue(out var work))
        {
            work();
        }

        return CudaResult.Success;
    }
}
