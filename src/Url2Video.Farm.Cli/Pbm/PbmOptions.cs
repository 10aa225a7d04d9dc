using System.CommandLine;
using Url2Video.Farm.Cli.Client;
using Url2Video.Farm.Cli.Options;
using Url2Video.Farm.Core.Errors;

namespace Url2Video.Farm.Cli.Pbm;

/// <summary>Options of every verb of the console, and who answers because of them.</summary>
internal sealed class PbmOptions
{
    private readonly CommonOptions _common = new();
    private readonly ServerOptions _server = new();

    public PbmOptions() => _common.Json.Recursive = _common.Data.Recursive = true;

    public IEnumerable<Option> All => [_server.Server, _server.Key, _common.Data, _common.Json];

    public bool IsJson(ParseResult parsed) => parsed.GetValue(_common.Json);

    public string DataDir(ParseResult parsed) => _common.DataDir(parsed);

    public bool IsDataGiven(ParseResult parsed) => parsed.GetValue(_common.Data) is not null;

    public ServerAddress? Server(ParseResult parsed) => _server.Find(parsed);

    /// <summary>A data folder that is named wins, then any server that is known, then the usual data folder.</summary>
    /// <exception cref="FarmException">ERR_INVALID_ARGUMENT, ERR_INVALID_API_KEY, ERR_PROJECT_NOT_FOUND.</exception>
    public IFarmAnswers Answers(ParseResult parsed) =>
        IsDataGiven(parsed) && parsed.GetValue(_server.Server) is not null ? throw new FarmException(ErrorCodes.InvalidArgument, "--data and --server name two farms.", "Give one of them.")
        : !IsDataGiven(parsed) && _server.Find(parsed) is { } address ? new ServerAnswers(new FarmHttp(address, TimeProvider.System))
        : new JournalAnswers(DataDir(parsed));
}
