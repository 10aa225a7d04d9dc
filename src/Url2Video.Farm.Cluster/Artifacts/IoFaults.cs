using Url2Video.Farm.Core.Errors;

namespace Url2Video.Farm.Cluster.Artifacts;

/// <summary>Tells the few disk faults that people can do something about from the rest.</summary>
public static class IoFaults
{
    // errno values of Linux; .NET keeps the raw number in HResult when it has no exception type for it.
    private const int NoSpaceLeft = 28;
    private const int FileTooBig = 27;
    private const int Exists = 17;
    private const int NotADirectory = 20;
    private const int IsADirectory = 21;
    private const int ReadOnlyFileSystem = 30;
    private const int DirectoryNotEmpty = 39;
    private const int QuotaExceeded = 122;

    // The same on Windows: ERROR_DISK_FULL and ERROR_HANDLE_DISK_FULL as HRESULTs.
    private const int WindowsDiskFull = unchecked((int)0x80070070);
    private const int WindowsHandleDiskFull = unchecked((int)0x80070027);

    /// <summary>True for a fault that <see cref="Translate"/> has a code for.</summary>
    public static bool IsKnown(Exception fault) => fault is IOException or UnauthorizedAccessException;

    /// <summary>The disk itself refuses to be written, whoever else uses the file.</summary>
    internal static bool IsUnwritableDisk(Exception fault) => fault is IOException { HResult: NoSpaceLeft or QuotaExceeded or ReadOnlyFileSystem };

    /// <param name="fault">What the file system said.</param>
    /// <param name="doing">What we were doing, to be read after "Cannot": <c>write the artifact store</c>.</param>
    public static FarmException Translate(Exception fault, string doing) => fault switch
    {
        FarmException known => known,
        IOException { HResult: NoSpaceLeft or FileTooBig or QuotaExceeded or WindowsDiskFull or WindowsHandleDiskFull } => new(
            ErrorCodes.DiskFull, $"Cannot {doing}: the disk is full.", "Free some space, then resume; what was finished is kept.", retryable: true, fault),
        UnauthorizedAccessException or IOException { HResult: ReadOnlyFileSystem } => new(
            ErrorCodes.NotWritable, $"Cannot {doing}: no permission to write there.", "Choose another folder or change its permissions, then resume.", retryable: true, fault),
        IOException { HResult: Exists or NotADirectory } => new(
            ErrorCodes.NotWritable, $"Cannot {doing}: a file has the name of a folder there.", "Move it away, then resume.", retryable: true, fault),
        IOException { HResult: IsADirectory or DirectoryNotEmpty } => new(
            ErrorCodes.NotWritable, $"Cannot {doing}: a folder has the name of a file there.", "Move it away, then resume.", retryable: true, fault),
        DirectoryNotFoundException or FileNotFoundException => new(
            ErrorCodes.NotWritable, $"Cannot {doing}: the folder is gone.", "Put the folder back, then resume.", retryable: true, fault),
        _ => new(ErrorCodes.Internal, $"Cannot {doing}: {fault.Message}", retryable: true, cause: fault),
    };
}
