using System.Collections.Immutable;
using System.Security.Cryptography.X509Certificates;
using Url2Video.Farm.Core;

namespace Url2Video.Farm.Api.Hosting;

/// <summary>How a server listens and what it lets in.</summary>
public sealed record ApiOptions
{
    /// <summary><c>http://HOST:PORT</c> or <c>https://HOST:PORT</c>, one or more; port 0 lets the system choose, host <c>*</c> is every address.</summary>
    public required ImmutableArray<string> ListenUrls { get; init; }

    /// <summary>With its key; needed for an <c>https</c> address.</summary>
    public X509Certificate2? Certificate { get; init; }

    /// <summary>What clients are told in links and signed addresses; null: the address the request came to.</summary>
    public Uri? PublicUrl { get; init; }

    /// <summary>Pages on private and loopback addresses may be ordered (an intranet).</summary>
    public bool AllowPrivateAddresses { get; init; }

    /// <summary>Web origins that may read the API from a browser, as <c>https://studio.example</c>; none by default. Playback is open to all origins.</summary>
    public ImmutableArray<string> AllowedOrigins { get; init; } = [];

    /// <summary>Requests of one key an hour, on this server.</summary>
    public int KeyRequestsPerHour { get; init; } = Limits.KeyRequestsPerHourMax;

    /// <summary>Requests of one key at once, on this server.</summary>
    public int KeyRequestsBurst { get; init; } = Limits.KeyRequestsBurstMax;

    /// <summary>Enrolments and sessions of nodes from one address an hour, on this server.</summary>
    public int NodeDoorPerHour { get; init; } = Limits.NodeDoorPerHourMax;

    /// <summary>The same at once.</summary>
    public int NodeDoorBurst { get; init; } = Limits.NodeDoorBurstMax;

    /// <summary>Wrong keys from one address in <see cref="Limits.AuthFailureWindowSeconds"/>.</summary>
    public int AuthFailures { get; init; } = Limits.AuthFailuresPerWindowMax;

    /// <summary>How long the server still answers after it has said that it is not ready, so that load balancers look elsewhere; milliseconds.</summary>
    public int DrainNoticeMillis { get; init; }
}
