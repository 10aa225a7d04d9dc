using System.Security.Cryptography;
using Url2Video.Farm.Cluster.Security;
using Url2Video.Farm.Cluster.Store;

namespace Url2Video.Farm.Api.Keys;

/// <summary>The secrets of the HTTP surface, among those that all servers of a farm share. The names are stored: frozen.</summary>
internal static class ApiSecrets
{
    public const string KeyPepper = "api-key-pepper";
    public const string PlaybackKey = "playback-key";
    public const string UploadKey = "upload-key";

    private const int Bytes = 32;

    public static Task<byte[]> LoadOrCreateAsync(FarmDatabase database, string name, TimeProvider clock, CancellationToken cancellation) =>
        FarmSecrets.LoadOrCreateAsync(database, name, static () => RandomNumberGenerator.GetBytes(Bytes), clock, cancellation);
}
