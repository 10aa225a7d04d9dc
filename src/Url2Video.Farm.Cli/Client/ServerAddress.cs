using Url2Video.Farm.Core.Errors;

namespace Url2Video.Farm.Cli.Client;

/// <summary>Which farm a command speaks to. What is typed wins over the environment, the environment over the profile.</summary>
internal sealed record ServerAddress(Uri Url, string Key)
{
    public const string ServerVariable = "URL2VIDEO_SERVER";
    public const string KeyVariable = "URL2VIDEO_KEY";
    private const int KeyCharsMax = 512;

    /// <param name="server">As typed, or null.</param>
    /// <param name="key">As typed, or null.</param>
    /// <returns>Null when no server is named anywhere.</returns>
    /// <exception cref="FarmException">ERR_INVALID_ARGUMENT; ERR_INVALID_API_KEY: there is a server and no key for it.</exception>
    public static ServerAddress? Find(string? server, string? key, Func<string, string?> environment, string profilePath)
    {
        // A profile's key belongs to the profile's server: it is never sent to another one.
        var profile = server is null && environment(ServerVariable) is null or "" ? Profile.Read(profilePath) : null;
        var url = server ?? NullIfEmpty(environment(ServerVariable)) ?? profile?.Server;
        return url is null ? null : new ServerAddress(Judge(url), JudgeKey(key ?? NullIfEmpty(environment(KeyVariable)) ?? profile?.Key, url));
    }

    /// <exception cref="FarmException">ERR_INVALID_ARGUMENT.</exception>
    public static Uri Judge(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var parsed) && parsed is { Scheme: "http" or "https", Query: "", Fragment: "", UserInfo: "" }
            ? new Uri(parsed.AbsoluteUri.TrimEnd('/') + "/")
            : throw new FarmException(ErrorCodes.InvalidArgument, $"--server {url} is not possible.", "Give the farm's address, e.g. https://farm.example.org:7443.");

    /// <exception cref="FarmException">ERR_INVALID_API_KEY.</exception>
    public static string JudgeKey(string? key, string url) =>
        key is { Length: > 0 and <= KeyCharsMax } && key.All(char.IsAscii) && !key.Any(char.IsControl) && !key.Contains(' ')
            ? key
            : throw new FarmException(ErrorCodes.Unauthorized, $"There is no usable key for {url}.", $"Give --key, set {KeyVariable}, or keep it with `url2video login`.");

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
