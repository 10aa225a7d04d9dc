using System.Globalization;

namespace Url2Video.Farm.Node.Probing;

/// <summary>What a container may use, from the files of control groups; both versions of them. Pure parts apart from the reading.</summary>
internal static class CgroupLimits
{
    private const string Root = "/sys/fs/cgroup";

    /// <summary>Version 1 writes "no limit" as the largest multiple of a page.</summary>
    private const long NoLimitBytes = 1L << 60;

    /// <summary>Whole cores, at least 1: the smaller of the machine's and the quota, rounded up as .NET does.</summary>
    public static int Cores(int processors) => Math.Min(processors, QuotaOf(Read("cpu.max")) ?? processors);

    /// <summary>The smaller of the machine's memory and the limit; 0 when neither is known.</summary>
    public static long MemoryBytes()
    {
        var total = TotalOf(ReadFile("/proc/meminfo"));
        var limit = LimitOf(Read("memory.max")) ?? LimitOf(ReadFile($"{Root}/memory/memory.limit_in_bytes"));
        return (total, limit) switch
        {
            (null, null) => 0,
            (null, { } l) => l,
            ({ } t, null) => t,
            ({ } t, { } l) => Math.Min(t, l),
        };
    }

    /// <param name="text"><c>200000 100000</c> or <c>max 100000</c>.</param>
    /// <returns>Null: no quota.</returns>
    internal static int? QuotaOf(string? text) =>
        text?.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) is [var quota, var period]
        && long.TryParse(quota, NumberStyles.None, CultureInfo.InvariantCulture, out var micros)
        && long.TryParse(period, NumberStyles.None, CultureInfo.InvariantCulture, out var of)
        && of > 0
            ? (int)Math.Clamp((micros + of - 1) / of, 1, int.MaxValue)
            : null;

    internal static long? LimitOf(string? text) =>
        long.TryParse(text?.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var bytes) && bytes is > 0 and < NoLimitBytes ? bytes : null;

    /// <param name="meminfo">Lines such as <c>MemTotal:  16308784 kB</c>.</param>
    internal static long? TotalOf(string? meminfo) =>
        meminfo?.Split('\n').FirstOrDefault(l => l.StartsWith("MemTotal:", StringComparison.Ordinal)) is { } line
        && line.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [_, var kibibytes, ..]
        && long.TryParse(kibibytes, NumberStyles.None, CultureInfo.InvariantCulture, out var n)
            ? n * 1024
            : null;

    // Inside a container its own group is the root; outside, the path of the process is in /proc/self/cgroup.
    private static string? Read(string file)
    {
        var own = ReadFile("/proc/self/cgroup")?.Split('\n').FirstOrDefault(l => l.StartsWith("0::/", StringComparison.Ordinal))?["0::".Length..].Trim();
        return (own is { Length: > 1 } ? ReadFile($"{Root}{own}/{file}") : null) ?? ReadFile($"{Root}/{file}");
    }

    private static string? ReadFile(string path)
    {
        try
        {
            return File.Exists(path) ? File.ReadAllText(path) : null;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
