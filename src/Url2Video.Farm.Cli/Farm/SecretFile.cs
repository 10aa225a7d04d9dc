using System.Text;
using Url2Video.Farm.Cluster.Artifacts;
using Url2Video.Farm.Core.Errors;

namespace Url2Video.Farm.Cli.Farm;

/// <summary>Files that hold one secret on one line, readable by their owner alone.</summary>
internal static class SecretFile
{
    private const int CharsMax = 8_192;

    /// <summary>Replaces the file as a whole: a reader sees the old one or the new one.</summary>
    /// <exception cref="FarmException"><c>ERR_NOT_WRITABLE</c>, <c>ERR_DISK_FULL</c>.</exception>
    public static void Write(string path, string secret)
    {
        try
        {
            OwnerOnlyFile.Replace(path, Encoding.UTF8.GetBytes(secret + "\n"));
        }
        catch (Exception fault) when (IoFaults.IsKnown(fault))
        {
            throw IoFaults.Translate(fault, $"write {path}");
        }
    }

    /// <exception cref="FarmException"><c>ERR_INVALID_ARGUMENT</c>: it cannot be read, or is no line of text.</exception>
    public static string Read(string path, string what)
    {
        try
        {
            var text = File.ReadAllText(path).Trim();
            return text.Length is > 0 and <= CharsMax && !text.Contains('\n', StringComparison.Ordinal)
                ? text
                : throw new FarmException(ErrorCodes.InvalidArgument, $"{path} does not hold {what} on one line.");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new FarmException(ErrorCodes.InvalidArgument, $"{what} cannot be read from {path}: {fault.Message}", "Check the path and its permissions.", cause: fault);
        }
    }
}
