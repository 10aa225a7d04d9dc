using System.Collections.Immutable;
using System.Text;
using Akka.Actor;
using Akka.Event;
using Url2Video.Farm.Cluster.Artifacts;
using Url2Video.Farm.Cluster.Protocol;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Captions;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Errors;
using Url2Video.Farm.Core.Packaging;
using Url2Video.Farm.Core.Projects;
using Url2Video.Farm.Core.Publishing;

namespace Url2Video.Farm.Cluster.Publishing;

/// <summary>
/// Publishes one film: feeds <see cref="PublishLogic"/> and carries its effects out in order, one round at a time and off the
/// actor's thread. Memory only; after a failure or a crash the project asks again and everything is said anew.
/// </summary>
internal sealed class PublisherActor : ReceiveActor
{
    /// <summary>WebVTT of a film in which nobody speaks: players were promised a file.</summary>
    private static readonly byte[] EmptyWebVtt = Encoding.UTF8.GetBytes(CaptionText.WebVtt([]));

    private readonly PublishSpec _spec;
    private readonly IPackageTarget _files;
    private readonly ArtifactStore _artifacts;
    private readonly ILoggingAdapter _log = Context.GetLogger();

    private PublishState _state;
    private int _chunksFed;
    private bool _soundFed;
    private bool _filesFed;
    private bool _isBusy;

    // At most one of each waits: a later request includes an earlier one.
    private ProjectEffect.Publish? _nextPublish;
    private ProjectEffect.Deliver? _nextDeliver;

    /// <param name="target">Called once per life: a target is closed with the life that wrote to it.</param>
    public PublisherActor(PublishSpec spec, Func<IPackageTarget> target, ArtifactStore artifacts)
    {
        (_spec, _files, _artifacts) = (spec, target(), artifacts);
        _state = PublishState.Start(spec);
        Receive<Local<ProjectEffect.Publish>>(m =>
        {
            _nextPublish = m.Message;
            Next();
        });
        Receive<Local<ProjectEffect.Deliver>>(m =>
        {
            _nextDeliver = m.Message;
            Next();
        });
        Receive<RoundEnded>(OnEnded);
    }

    // The round that runs now ends at its next file; whoever publishes to the folder after us waits for that.
    protected override void PostStop() => _files.Close();

    private void Next()
    {
        if (_isBusy)
        {
            return;
        }

        if (_nextPublish is { } publish)
        {
            _nextPublish = null;
            Run(() => PublishAsync(publish));
        }
        else if (_nextDeliver is { } deliver)
        {
            _nextDeliver = null;
            Run(() => DeliverAsync(deliver));
        }
    }

    private void Run(Func<Task<RoundEnded>> round)
    {
        _isBusy = true;
        Task.Run(async () =>
        {
            await _files.Gate.WaitAsync().ConfigureAwait(false);
            try
            {
                await _files.ClaimAsync(CancellationToken.None).ConfigureAwait(false);
                return await round().ConfigureAwait(false);
            }
            catch (FarmException fault)
            {
                return new RoundEnded([], fault.Error, null);
            }
            catch (Exception fault) when (fault is not OutOfMemoryException)
            {
                return new RoundEnded([], new FarmError(ErrorCodes.Internal, $"Publishing failed: {fault.Message}"), fault);
            }
            finally
            {
                _files.Gate.Release();
            }
        }).PipeTo(Self);
    }

    private void OnEnded(RoundEnded round)
    {
        _isBusy = false;
        foreach (var report in round.Reports)
        {
            Context.Parent.Tell(new Local<ProjectMessage>(report));
        }

        if (round.Error is { } error)
        {
            _log.Warning(round.Bug, "Publication stopped: {0}", error);

            // The folder may be another one when the project asks again: say everything anew.
            (_state, _chunksFed, _soundFed, _filesFed) = (PublishState.Start(_spec), 0, false, false);
            Context.Parent.Tell(new Local<ProjectMessage>(new ProjectMessage.OutputFailed(error)));
        }

        Next();
    }

    // Runs off the actor's thread; the fields are its own because rounds never overlap.
    private async Task<RoundEnded> PublishAsync(ProjectEffect.Publish request)
    {
        var inputs = new List<PublishInput>();
        if (!_soundFed && request.Inputs.Sound is { } sound)
        {
            inputs.Add(new PublishInput.AudioReady(sound));
            _soundFed = true;
        }

        for (; _chunksFed < request.To; _chunksFed++)
        {
            inputs.Add(new PublishInput.ChunkReady(_chunksFed, request.Inputs.Chunks[_chunksFed]!.Rungs));
        }

        if (!_filesFed && request.Inputs.Files is { } files)
        {
            inputs.Add(new PublishInput.CaptionsReady(await CaptionsAsync(files).ConfigureAwait(false)));
            inputs.Add(new PublishInput.TrickPlayReady(request.Inputs.TrickPlay));
            _filesFed = true;
        }

        var reports = await CarryAsync([.. inputs]).ConfigureAwait(false);
        return new RoundEnded(reports.IsEmpty ? SaidBefore() : reports, null, null);
    }

    // Asked again for what is out already: the answer was lost.
    private ImmutableArray<ProjectMessage> SaidBefore() => _state switch
    {
        { IsComplete: true } => [new ProjectMessage.Published(_state.ChunksOut), new ProjectMessage.PublicationCompleted()],
        { ChunksOut: > 0 } => [new ProjectMessage.Published(_state.ChunksOut)],
        _ => [],
    };

    private ValueTask<ArtifactRef> CaptionsAsync(ImmutableArray<OutputFile> files) =>
        files.FirstOrDefault(f => f.Name.EndsWith(".vtt", StringComparison.Ordinal)) is { } captions
            ? ValueTask.FromResult(captions.File)
            : _artifacts.WriteAsync(EmptyWebVtt, CancellationToken.None);

    private async Task<RoundEnded> DeliverAsync(ProjectEffect.Deliver request)
    {
        foreach (var file in request.Files)
        {
            await _files.PutArtifactAsync(file.Name, file.File, share: false, CancellationToken.None).ConfigureAwait(false);
        }

        await _files.SyncAsync(CancellationToken.None).ConfigureAwait(false);
        if (_state.WritesPackage && !request.IsQuarantined)
        {
            await _files.PruneAsync(PackageContents.Of(_spec), CancellationToken.None).ConfigureAwait(false);
        }

        await _files.EndAsync(CancellationToken.None).ConfigureAwait(false);
        return new RoundEnded([new ProjectMessage.Delivered()], null, null);
    }

    private async Task<ImmutableArray<ProjectMessage>> CarryAsync(PublishInput[] inputs)
    {
        var reports = ImmutableArray.CreateBuilder<ProjectMessage>();
        (_state, var effects) = PublishLogic.Decide(_state, inputs);
        foreach (var effect in effects)
        {
            switch (effect)
            {
                case PublishEffect.PutArtifact put:
                    await _files.PutArtifactAsync(put.Path, put.File, share: true, CancellationToken.None).ConfigureAwait(false);
                    break;
                case PublishEffect.PutText put:
                    await _files.PutTextAsync(put.Path, put.Text, CancellationToken.None).ConfigureAwait(false);
                    break;
                case PublishEffect.Published published:
                    await _files.SyncAsync(CancellationToken.None).ConfigureAwait(false);
                    reports.Add(new ProjectMessage.Published(published.Chunks));
                    break;
                case PublishEffect.Completed:
                    await _files.SyncAsync(CancellationToken.None).ConfigureAwait(false);
                    reports.Add(new ProjectMessage.PublicationCompleted());
                    break;
                case PublishEffect.Refused refused:
                    throw new FarmException(refused.Error);
            }
        }

        return reports.ToImmutable();
    }

    /// <param name="Reports">For the project, in order.</param>
    /// <param name="Error">Why the round stopped; null when it was carried out.</param>
    /// <param name="Bug">Set when the reason is a fault of ours.</param>
    private sealed record RoundEnded(ImmutableArray<ProjectMessage> Reports, FarmError? Error, Exception? Bug) : INoSerializationVerificationNeeded;
}
