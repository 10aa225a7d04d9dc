using System.Collections.Immutable;
using Url2Video.Farm.Api.Hosting;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Errors;

namespace Url2Video.Farm.Api.Keys;

/// <summary>What a new key may be.</summary>
internal static class KeyRules
{
    public const int KeysListedMax = 1_000;

    public static readonly ImmutableArray<string> KnownScopes = [Scopes.VideosWrite, Scopes.VideosRead, Scopes.FarmRead, Scopes.FarmAdmin];

    /// <exception cref="FarmException"><c>ERR_INVALID_ARGUMENT</c>.</exception>
    public static void Check(string name, string tenant, ImmutableArray<string> scopes, DateTimeOffset? expires, DateTimeOffset now)
    {
        if (name.Length is 0 or > Limits.KeyNameCharsMax || name.Any(char.IsControl))
        {
            throw Wrong("The key's name is empty or too long.", $"Give 1 to {Limits.KeyNameCharsMax} characters.");
        }

        if (!IsTenant(tenant))
        {
            throw Wrong("The tenant is not a name.", $"Give up to {Limits.TenantCharsMax} letters, digits, '-', '_' and '.', or nothing.");
        }

        if (scopes.IsDefaultOrEmpty || scopes.Any(s => !KnownScopes.Contains(s)))
        {
            throw Wrong("The key has no scopes, or one that does not exist.", $"Choose from {string.Join(", ", KnownScopes)}.");
        }

        if (expires <= now)
        {
            throw Wrong("The key would be expired already.", "Choose a time in the future.");
        }
    }

    public static bool IsTenant(string tenant) => tenant.Length <= Limits.TenantCharsMax && tenant.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.');

    private static FarmException Wrong(string message, string wayOut) => new(ErrorCodes.InvalidArgument, message, wayOut);
}
