namespace Url2Video.Farm.Core.Errors;

/// <summary>How a failure ends a command: the process exit status of the CLI.</summary>
public enum ExitStatus
{
    Success = 0,
    Failure = 1,
    BadInput = 2,
    Unauthorized = 4,
    JobFailed = 5,
    TimedOut = 6,
    Interrupted = 130,
}

/// <summary>Every stable error code. A code is added, never renamed; the manual's ERR_00n aliases are in <see cref="Describe"/>.</summary>
public static class ErrorCodes
{
    public const string InvalidArgument = "ERR_INVALID_ARGUMENT";
    public const string UnknownProperty = "ERR_UNKNOWN_PROPERTY";
    public const string InvalidStoryboard = "ERR_INVALID_STORYBOARD";
    public const string Format = "ERR_FORMAT";
    public const string SourceNotFound = "ERR_SOURCE_NOT_FOUND";
    public const string HostNotFound = "ERR_HOST_NOT_FOUND";
    public const string HttpStatus = "ERR_HTTP_STATUS";
    public const string AddressRefused = "ERR_ADDRESS_REFUSED";
    public const string NetworkTimeout = "ERR_NETWORK_TIMEOUT";
    public const string Network = "ERR_NETWORK";
    public const string TooLarge = "ERR_TOO_LARGE";
    public const string NoText = "ERR_NO_TEXT";
    public const string ImageUnreadable = "ERR_IMAGE_UNREADABLE";
    public const string ImageTooLarge = "ERR_IMAGE_TOO_LARGE";
    public const string SceneTooLarge = "ERR_SCENE_TOO_LARGE";
    public const string SoundUnreadable = "ERR_SOUND_UNREADABLE";
    public const string ClipUnreadable = "ERR_CLIP_UNREADABLE";
    public const string VoiceNotFound = "ERR_VOICE_NOT_FOUND";
    public const string FontNotFound = "ERR_FONT_NOT_FOUND";
    public const string MediaLibrary = "ERR_MEDIA_LIBRARY";
    public const string MediaFailed = "ERR_MEDIA_FAILED";
    public const string WorkerDied = "ERR_WORKER_DIED";
    public const string PluginInvalid = "ERR_PLUGIN_INVALID";
    public const string PluginMissing = "ERR_PLUGIN_MISSING";
    public const string PluginFailed = "ERR_PLUGIN_FAILED";
    public const string DiskFull = "ERR_DISK_FULL";
    public const string NotWritable = "ERR_NOT_WRITABLE";
    public const string ArtifactMissing = "ERR_ARTIFACT_MISSING";
    public const string ArtifactCorrupt = "ERR_ARTIFACT_CORRUPT";
    public const string JobDead = "ERR_JOB_DEAD";
    public const string JobTimeout = "ERR_JOB_TIMEOUT";
    public const string ResultWrong = "ERR_RESULT_WRONG";
    public const string Quality = "ERR_QUALITY";
    public const string PackageRules = "ERR_PACKAGE_RULES";
    public const string Cancelled = "ERR_CANCELLED";
    public const string ProjectState = "ERR_PROJECT_STATE";
    public const string ProjectNotFound = "ERR_PROJECT_NOT_FOUND";
    public const string FarmBusy = "ERR_FARM_BUSY";
    public const string Unauthorized = "ERR_INVALID_API_KEY";
    public const string Forbidden = "ERR_FORBIDDEN";
    public const string NotFound = "ERR_NOT_FOUND";
    public const string Conflict = "ERR_CONFLICT";
    public const string IdempotencyReused = "ERR_IDEMPOTENCY_REUSED";
    public const string RateLimited = "ERR_RATE_LIMITED";
    public const string StoreUnreachable = "ERR_STORE_UNREACHABLE";
    public const string StoreNewer = "ERR_STORE_NEWER";
    public const string ServerUnreachable = "ERR_SERVER_UNREACHABLE";
    public const string NodeNotFound = "ERR_NODE_NOT_FOUND";
    public const string JobNotFound = "ERR_JOB_NOT_FOUND";
    public const string NodeRevoked = "ERR_NODE_REVOKED";
    public const string JoinRefused = "ERR_JOIN_REFUSED";
    public const string LicenceTaken = "ERR_LICENCE_TAKEN";
    public const string TimedOut = "ERR_TIMED_OUT";
    public const string LimitUnknown = "ERR_LIMIT_UNKNOWN";
    public const string MethodNotAllowed = "ERR_METHOD_NOT_ALLOWED";
    public const string MediaType = "ERR_MEDIA_TYPE";
    public const string LinkExpired = "ERR_LINK_EXPIRED";
    public const string Internal = "ERR_INTERNAL";

    private static readonly Dictionary<string, (ExitStatus Exit, string? Alias)> Registry = new(StringComparer.Ordinal)
    {
        [InvalidArgument] = (ExitStatus.BadInput, null),
        [UnknownProperty] = (ExitStatus.BadInput, null),
        [InvalidStoryboard] = (ExitStatus.BadInput, null),
        [Format] = (ExitStatus.BadInput, "ERR_005"),
        [SourceNotFound] = (ExitStatus.BadInput, null),
        [HostNotFound] = (ExitStatus.BadInput, null),
        [HttpStatus] = (ExitStatus.BadInput, null),
        [AddressRefused] = (ExitStatus.BadInput, null),
        [NetworkTimeout] = (ExitStatus.JobFailed, "ERR_004"),
        [Network] = (ExitStatus.JobFailed, null),
        [TooLarge] = (ExitStatus.BadInput, null),
        [NoText] = (ExitStatus.BadInput, null),
        [ImageUnreadable] = (ExitStatus.BadInput, null),
        [ImageTooLarge] = (ExitStatus.BadInput, null),
        [SceneTooLarge] = (ExitStatus.BadInput, null),
        [SoundUnreadable] = (ExitStatus.BadInput, null),
        [ClipUnreadable] = (ExitStatus.BadInput, null),
        [VoiceNotFound] = (ExitStatus.BadInput, null),
        [FontNotFound] = (ExitStatus.BadInput, null),
        [MediaLibrary] = (ExitStatus.Failure, null),
        [MediaFailed] = (ExitStatus.JobFailed, null),
        [WorkerDied] = (ExitStatus.JobFailed, null),
        [PluginInvalid] = (ExitStatus.BadInput, null),
        [PluginMissing] = (ExitStatus.BadInput, null),
        [PluginFailed] = (ExitStatus.JobFailed, null),
        [DiskFull] = (ExitStatus.JobFailed, null),
        [NotWritable] = (ExitStatus.BadInput, null),
        [ArtifactMissing] = (ExitStatus.JobFailed, null),
        [ArtifactCorrupt] = (ExitStatus.JobFailed, null),
        [JobDead] = (ExitStatus.JobFailed, null),
        [JobTimeout] = (ExitStatus.TimedOut, null),
        [ResultWrong] = (ExitStatus.JobFailed, null),
        [Quality] = (ExitStatus.JobFailed, null),
        [PackageRules] = (ExitStatus.Failure, null),
        [Cancelled] = (ExitStatus.Interrupted, null),
        [ProjectState] = (ExitStatus.BadInput, null),
        [ProjectNotFound] = (ExitStatus.BadInput, null),
        [FarmBusy] = (ExitStatus.Failure, null),
        [Unauthorized] = (ExitStatus.Unauthorized, "ERR_001"),
        [Forbidden] = (ExitStatus.Unauthorized, null),
        [NotFound] = (ExitStatus.BadInput, null),
        [Conflict] = (ExitStatus.BadInput, null),
        [IdempotencyReused] = (ExitStatus.BadInput, null),
        [RateLimited] = (ExitStatus.Failure, null),
        [StoreUnreachable] = (ExitStatus.Failure, null),
        [StoreNewer] = (ExitStatus.Failure, null),
        [ServerUnreachable] = (ExitStatus.Failure, null),
        [NodeNotFound] = (ExitStatus.BadInput, null),
        [JobNotFound] = (ExitStatus.BadInput, null),
        [NodeRevoked] = (ExitStatus.Unauthorized, null),
        [JoinRefused] = (ExitStatus.Unauthorized, null),
        [LicenceTaken] = (ExitStatus.JobFailed, null),
        [TimedOut] = (ExitStatus.TimedOut, null),
        [LimitUnknown] = (ExitStatus.BadInput, null),
        [MethodNotAllowed] = (ExitStatus.BadInput, null),
        [MediaType] = (ExitStatus.BadInput, null),
        [LinkExpired] = (ExitStatus.Unauthorized, null),
        [Internal] = (ExitStatus.Failure, null),
    };

    public static IReadOnlyCollection<string> All => Registry.Keys;

    /// <summary>Exit status and manual alias of a code; an unknown code (from a newer farm) ends as <see cref="ExitStatus.Failure"/>.</summary>
    public static (ExitStatus Exit, string? Alias) Describe(string code) =>
        Registry.TryGetValue(code, out var entry) ? entry : (ExitStatus.Failure, null);
}
