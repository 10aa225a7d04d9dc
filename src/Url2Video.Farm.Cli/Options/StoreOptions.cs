using System.CommandLine;
using Url2Video.Farm.Cli.Farm;
using Url2Video.Farm.Cluster.Store;
using Url2Video.Farm.Core.Errors;

namespace Url2Video.Farm.Cli.Options;

/// <summary>Where a command finds the store: an address, a file that holds it, or <c>URL2VIDEO_STORE</c>.</summary>
internal sealed class StoreOptions
{
    private const string Variable = "URL2VIDEO_STORE";

    private readonly Option<string?> _store;
    private readonly Option<string?> _file = new("--store-file") { Description = "File that holds the address of the store on one line: keeps the password out of the process list." };

    public StoreOptions(string? description = null) =>
        _store = new("--store") { Description = description ?? $"postgres://... or sqlite:FILE, as the servers are started with. Also {Variable}." };

    public IEnumerable<Option> All => [_store, _file];

    /// <exception cref="FarmException"><c>ERR_INVALID_ARGUMENT</c>: none was given, two were, or it is no address.</exception>
    public StoreUrl Of(ParseResult parsed) =>
        Find(parsed) ?? throw new FarmException(ErrorCodes.InvalidArgument, "No store is named.", $"Give --store-file, --store or {Variable}.");

    /// <returns>Null: none was given.</returns>
    public StoreUrl? Find(ParseResult parsed)
    {
        var (direct, file) = (parsed.GetValue(_store), parsed.GetValue(_file));
        if (direct is not null && file is not null)
        {
            throw new FarmException(ErrorCodes.InvalidArgument, "--store and --store-file exclude each other.", "Give one of them.");
        }

        var text = direct ?? (file is not null ? SecretFile.Read(file, "The address of the store") : Environment.GetEnvironmentVariable(Variable));
        return string.IsNullOrEmpty(text) ? null : StoreUrl.Parse(text);
    }
}
