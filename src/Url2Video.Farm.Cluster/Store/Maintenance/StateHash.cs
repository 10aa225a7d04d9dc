using System.Security.Cryptography;
using Url2Video.Farm.Cluster.Serialization;
using Url2Video.Farm.Core.Projects;

namespace Url2Video.Farm.Cluster.Store.Maintenance;

/// <summary>Two states are the same when these are.</summary>
public static class StateHash
{
    /// <summary>64 lower-case hexadecimal characters.</summary>
    public static string Of(ProjectState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        return Convert.ToHexStringLower(SHA256.HashData(FarmJson.Write(state)));
    }
}
