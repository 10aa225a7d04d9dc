using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Url2Video.Farm.Api.Keys;

/// <summary>
/// A key as people copy it: <c>u2v_</c>, eight characters that name it, <c>_</c>, and 32 random bytes in base64url. The prefix lets secret
/// scanners find a leaked one.
/// </summary>
internal static class KeyText
{
    public const int IdChars = 8;
    public const int SecretBytes = 32;

    private const string Prefix = "u2v_";
    private const string IdAlphabet = "0123456789abcdefghjkmnpqrstvwxyz";
    private const int SecretChars = 43;
    private const int Chars = 4 + IdChars + 1 + SecretChars;

    public static (string Id, string Text) New()
    {
        var id = RandomNumberGenerator.GetString(IdAlphabet, IdChars);
        return (id, $"{Prefix}{id}_{Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes))}");
    }

    /// <summary>False for anything that no key can be; such a text costs no look into the store.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out string? id)
    {
        id = null;
        if (text is not { Length: Chars } || !text.StartsWith(Prefix, StringComparison.Ordinal) || text[Prefix.Length + IdChars] != '_'
            || !Base64Url.IsValid(text.AsSpan(Chars - SecretChars)))
        {
            return false;
        }

        var name = text.Substring(Prefix.Length, IdChars);
        if (!name.All(c => IdAlphabet.Contains(c, StringComparison.Ordinal)))
        {
            return false;
        }

        id = name;
        return true;
    }
}
