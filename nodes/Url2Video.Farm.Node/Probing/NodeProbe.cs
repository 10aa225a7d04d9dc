using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Nodes;
using Url2Video.Farm.Media.Cuda;
using Url2Video.Farm.Media.FFmpeg;
using Url2Video.Farm.Node.Work;

namespace Url2Video.Farm.Node.Probing;

/// <summary>
/// Measures what this machine can do. Each thing is tried on a thread of its own and given <see cref="Limits.ProbeSecondsMax"/>: what hangs or throws is
/// not there, and never keeps the node from starting. A probe that hangs keeps its thread until the process ends.
/// </summary>
public sealed class NodeProbe(NodeVoices voices, TimeProvider clock, ILogger log)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(Limits.ProbeSecondsMax);

    private volatile bool _isUnsure;

    /// <param name="scratchDir">Where attempts will write; need not exist yet.</param>
    /// <param name="memory">Of encoders and browser, which cost most; what is as quickly measured is measured anew. Null: everything is tried.</param>
    public async Task<NodeFacts> MeasureAsync(string scratchDir, ProbeMemory? memory = null, CancellationToken cancellation = default)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var ffmpeg = TryAsync("ffmpeg", static () => FFmpegLibrary.Refusal ?? FFmpegLibrary.Versions, "", cancellation);
        var stamp = memory is null ? null : await TryAsync("machine", MachineStamp.Read, null, cancellation).ConfigureAwait(false);
        var known = stamp is null ? null : memory!.Recall(stamp);
        var encoders = known is null ? EncodersAsync(cancellation) : Task.FromResult(known.Encoders);
        var gpus = TryAsync("gpus", static () => CudaDevices.List().Select(d => new GpuFact(d.Name, d.MemoryBytes)).ToImmutableArray(), [], cancellation);
        var engines = TryAsync("voices", Engines, [], cancellation);
        var chromium = known is null
            ? TryAsync("chromium", () => BrowserProbe.FindAsync(stop.Token).GetAwaiter().GetResult(), "", cancellation)
            : Task.FromResult(known.Chromium);
        var sandbox = TryAsync("sandbox", SandboxProbe.Measure, SandboxFacts.None, cancellation);
        var facts = new NodeFacts
        {
            Cores = await TryAsync("cores", static () => CgroupLimits.Cores(Environment.ProcessorCount), Environment.ProcessorCount, cancellation).ConfigureAwait(false),
            MemoryBytes = await TryAsync("memory", CgroupLimits.MemoryBytes, 0L, cancellation).ConfigureAwait(false),
            ScratchFreeBytes = await TryAsync("scratch", () => FreeBytes(scratchDir), 0L, cancellation).ConfigureAwait(false),
            FFmpeg = await ffmpeg.ConfigureAwait(false),
            Encoders = await encoders.ConfigureAwait(false),
            Gpus = await gpus.ConfigureAwait(false),
            Voices = await engines.ConfigureAwait(false),
            Chromium = await chromium.ConfigureAwait(false),
            Sandbox = await sandbox.ConfigureAwait(false),
            Os = RuntimeInformation.OSDescription,
            Kernel = Environment.OSVersion.Version.ToString(),
            Architecture = RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant(),
        };
        await stop.CancelAsync().ConfigureAwait(false); // A browser that is still starting is killed.
        if (stamp is not null && known is null && !_isUnsure)
        {
            memory!.Keep(new TriedFacts(stamp, facts.Encoders, facts.Chromium));
        }

        return facts;
    }

    // One after the other: an encoder is tried on one core while the rest of the probes use the others.
    private async Task<ImmutableArray<EncoderFact>> EncodersAsync(CancellationToken cancellation)
    {
        var found = ImmutableArray.CreateBuilder<EncoderFact>();
        foreach (var name in EncoderTrial.Candidates)
        {
            var fingerprint = await TryAsync(name, () => EncoderTrial.Fingerprint(name), "", cancellation).ConfigureAwait(false);
            if (fingerprint.Length > 0)
            {
                found.Add(new EncoderFact(name, fingerprint));
            }
        }

        return found.ToImmutable();
    }

    private ImmutableArray<string> Engines() => [.. voices.Catalog.Voices.Select(v => v.Engine).Distinct().Order(StringComparer.Ordinal)];

    private static long FreeBytes(string folder)
    {
        var existing = new DirectoryInfo(folder);
        while (!existing.Exists && existing.Parent is { } parent)
        {
            existing = parent;
        }

        return new DriveInfo(existing.FullName).AvailableFreeSpace;
    }

    private async Task<T> TryAsync<T>(string what, Func<T> probe, T otherwise, CancellationToken cancellation)
    {
        try
        {
            return await Task.Factory.StartNew(probe, cancellation, TaskCreationOptions.LongRunning, TaskScheduler.Default)
                .WaitAsync(Patience, clock, cancellation).ConfigureAwait(false);
        }
        catch (Exception fault) when (fault is not OperationCanceledException || !cancellation.IsCancellationRequested)
        {
            _isUnsure |= fault is TimeoutException; // The machine may only have been too busy: not to be remembered.
            log.LogInformation("{What}: not usable here: {Reason}", what, fault.Message);
            return otherwise;
        }
    }
}
