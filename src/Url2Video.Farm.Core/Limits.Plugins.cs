namespace Url2Video.Farm.Core;

public static partial class Limits
{
    /// <summary>Plugins of one folder; each is read when a node starts.</summary>
    public const int PluginsPerNodeMax = 64;

    /// <summary>All files of a plugin together: they are hashed whenever it is started.</summary>
    public const long PluginBytesMax = 256L * 1024 * 1024;

    /// <summary>From its start until it is ready. A runtime starts in a tenth of it, on a busy machine too.</summary>
    public const int PluginStartMillisMax = 20_000;

    /// <summary>For one picture. Slower than this a film would never be done.</summary>
    public const int PluginFrameMillisMax = 10_000;

    /// <summary>Processor time of one process, all its frames together.</summary>
    public const int PluginCpuSecondsMax = 1_800;

    /// <summary>Private memory of one process (RLIMIT_DATA): a dozen pictures of 4K, and a runtime.</summary>
    public const long PluginMemoryBytesMax = 768L * 1024 * 1024;

    /// <summary>The largest file it may write, where it may write at all.</summary>
    public const long PluginFileBytesMax = 64L * 1024 * 1024;

    /// <summary>Open files of one process.</summary>
    public const int PluginFilesOpenMax = 256;

    /// <summary>What it wrote to standard error, kept for the message when it fails.</summary>
    public const int PluginLastWordsCharsMax = 600;
}
