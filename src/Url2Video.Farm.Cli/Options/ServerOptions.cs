using System.CommandLine;
using Url2Video.Farm.Cli.Client;
using Url2Video.Farm.Core.Errors;

namespace Url2Video.Farm.Cli.Options;

/// <summary>Which farm, and the key to it.</summary>
internal sealed class ServerOptions
{
    public Option<string?> Server { get; } = new("--server")
    {
        Description = $"Address of the farm. Default: {ServerAddress.ServerVariable}, then what `url2video login` keeps.",
        Recursive = true,
    };

    public Option<string?> Key { get; } = new("--key") { Description = $"API key. Default: {ServerAddress.KeyVariable}, then what `url2video login` keeps.", Recursive = true };

    /// <returns>Null when no server is named anywhere.</returns>
    /// <exception cref="FarmException">ERR_INVALID_ARGUMENT, ERR_INVALID_API_KEY, ERR_FORMAT.</exception>
    public ServerAddress? Find(ParseResult parsed) =>
        ServerAddress.Find(parsed.GetValue(Server), parsed.GetValue(Key), Environment.GetEnvironmentVariable, Profile.DefaultPath);

    /// <exception cref="FarmException">As <see cref="Find"/>, and ERR_INVALID_ARGUMENT when no server is named.</exception>
    public ServerAddress Need(ParseResult parsed) => Find(parsed)
        ?? throw new FarmException(ErrorCodes.InvalidArgument, "No server is named.", $"Give --server and --key, set {ServerAddress.ServerVariable}, or keep both with `url2video login`.");
}
