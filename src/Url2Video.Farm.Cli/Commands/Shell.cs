namespace Url2Video.Farm.Cli.Commands;

/// <summary>Words for a shell: what a hint prints can be pasted, whatever it holds.</summary>
internal static class Shell
{
    public static string Quote(string word) =>
        word.Length > 0 && word.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '.' or '-' or '_' or ':' or '+' or ',' or '@' or '=')
            ? word
            : $"'{word.Replace("'", @"'\''", StringComparison.Ordinal)}'";
}
