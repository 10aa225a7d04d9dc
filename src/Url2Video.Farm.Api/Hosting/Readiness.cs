namespace Url2Video.Farm.Api.Hosting;

/// <summary>Whether a server wants work. Turned off first when it stops, so that load balancers look elsewhere.</summary>
public sealed class Readiness
{
    private volatile bool _isStopping;

    public bool IsStopping => _isStopping;

    public void BeginStop() => _isStopping = true;
}
