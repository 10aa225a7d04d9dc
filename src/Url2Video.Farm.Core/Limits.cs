namespace Url2Video.Farm.Core;

/// <summary>Every bound of the farm in one place. The unit is the last word of the name; the comment is the reason.</summary>
public static class Limits
{
    /// <summary>A film of 10 hours at 30 fps is about 8,400 chunks of two segments; this leaves room for short GOPs.</summary>
    public const int ChunksPerProjectMax = 100_000;

    /// <summary>A storyboard is read and edited by people; beyond this it is data, not a script.</summary>
    public const int ScenesPerStoryboardMax = 2_000;

    public const int StoryboardBytesMax = 8 * 1024 * 1024;

    /// <summary>Own failures of a job (bad input, crash in the codec) before it is dead.</summary>
    public const int FailuresPerJobMax = 3;

    /// <summary>Leases lost under a job (node died) before it is suspected of killing nodes.</summary>
    public const int LostPerJobMax = 5;

    /// <summary>Unpublished chunks a project may have in work: the look-ahead window of backpressure.</summary>
    public const int LookAheadChunksMax = 32;

    /// <summary>Jobs other than chunks (speech) in work at once for one project.</summary>
    public const int JobsInWorkMax = 64;

    /// <summary>A lease without a sign of life is void after this.</summary>
    public const int LeaseSecondsMax = 15;

    /// <summary>A node tells which leases it holds this often.</summary>
    public const int HeartbeatSeconds = 3;

    /// <summary>An unacknowledged message between actors is sent again after this.</summary>
    public const int ResendMillis = 1_000;

    public const int SlotsPerNodeMax = 256;

    public const int PageBytesMax = 24 * 1024 * 1024;

    /// <summary>What may come over the wire for one page; <see cref="PageBytesMax"/> holds after inflating.</summary>
    public const int PageWireBytesMax = 8 * 1024 * 1024;

    public const int UrlCharsMax = 2_000;

    public const int RedirectsPerFetchMax = 5;

    public const int ConnectSecondsMax = 5;

    /// <summary>From the request to the last header of its answer.</summary>
    public const int HeadersSecondsMax = 10;

    /// <summary>One fetch with all its redirects: a server that drips a byte a second does not hold a slot.</summary>
    public const int FetchSecondsMax = 20;

    public const int ResponseHeaderKibibytesMax = 64;

    /// <summary>Elements of a page. Long ordinary pages have a few thousand; the parts of parsing that grow with the square stay at seconds.</summary>
    public const int PageElementsMax = 60_000;

    /// <summary>Nesting of a page. Browsers stop at 512; code that walks trees recursively must not meet more.</summary>
    public const int PageDepthMax = 512;

    public const int BlocksPerSourceMax = 4_000;

    public const int BlockCharsMax = 20_000;

    public const int SourceDocBytesMax = 32 * 1024 * 1024;

    public const int FilesPerBundleMax = 200;

    public const long BundleBytesMax = 512L * 1024 * 1024;

    public const int ImageBytesMax = 20 * 1024 * 1024;

    public const int ImagesPerSourceMax = 60;

    /// <summary>Refused before decoding: a 1 MB PNG of 16000×16000 takes 1 GB to decode.</summary>
    public const long ImagePixelsMax = 50_000_000;

    public const int NarrationCharsMax = 4_000;
}
