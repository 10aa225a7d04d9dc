namespace Url2Video.Farm.Node.Running;

/// <summary>
/// Runs work on a thread of its own: native code that burns a core for minutes must not sit on a pool thread that actors and the
/// journal need.
/// </summary>
internal static class WorkThread
{
    public static Task<T> Run<T>(string name, Func<Task<T>> work)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        var thread = new Thread(() =>
        {
            try
            {
                done.SetResult(work().GetAwaiter().GetResult());
            }
            catch (OperationCanceledException)
            {
                done.SetCanceled();
            }
            catch (Exception fault)
            {
                done.SetException(fault); // To whoever awaits: nothing may end the process from here.
            }
        })
        {
            IsBackground = true,
            Name = name,
        };
        thread.Start();
        return done.Task;
    }
}
