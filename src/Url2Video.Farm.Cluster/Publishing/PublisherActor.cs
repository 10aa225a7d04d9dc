using System.Collections.Immutable;
using Akka.Actor;
using Akka.Event;
using Url2Video.Farm.Cluster.Artifacts;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Errors;
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
    private static readonly byte[] EmptyWebVtt = "WEBVTT\n"u8.ToArray();

    private readonly PublishSpec _spec;
    private readonly FilePublisher _files;
    private readonly ArtifactStore _artifacts;
    private readonly ILoggingAdapter _log = Context.GetLogger();

    private PublishState _state;
    private int _chunksFed;
    private bool _soundFed;
    private bool _isBusy;

    // At most one of each waits: a later request includes an earlier one.
    private ProjectEffect.Publish? _nextPublish;
    private ProjectEffect.Deliver? _nextDeliver;

    public PublisherActor(PublishSpec spec, string outDir, ArtifactStore artifacts)
    {
        (_spec, _artifacts) = (spec, artifacts);
        _files = new FilePublisher(outDir, artifacts);
        _state = PublishState.Start(spec);
        Receive<ProjectEffect.Publish>(m =>
        {
            _nextPublish = m;
            Next();
        });
        Receive<ProjectEffect.Deliver>(m =>
        {
            _nextDeliver = m;
            Next();
        });
        Receive<RoundEnded>(OnEnded);
    }

    private void Next()
    {
        if (_isBusy)
        {
            return;
        }

        if (_nextPublish is { } publish)
        {
            _nextPublish = null;
            Run(() => Publish(publish));
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
            try
            {
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
        }).PipeTo(Self);
    }

    private void OnEnded(RoundEnded round)
    {
        _isBusy = false;
        foreach (var report in round.Reports)
        {
            Context.Parent.Tell(report);
        }

        if (round.Error is { } error)
        {
            _log.Warning(round.Bug, "Publication stopped: {0}", error);

            // The folder may be another one when the project asks again: say everything anew.
            (_state, _chunksFed, _soundFed) = (PublishState.Start(_spec), 0, false);
            Context.Parent.Tell(new ProjectMessage.OutputFailed(error));
        }

        Next();
    }

    // Runs off the actor's thread; the fields are its own because rounds never overlap.
    private Task<RoundEnded> Publish(ProjectEffect.Publish request)
    {
        var inputs = ImmutableArray.CreateBuilder<PublishInput>();
        if (!_soundFed)
        {
            inputs.Add(new PublishInput.AudioReady(request.Inputs.Sound));
        }

        for (var chunk = _chunksFed; chunk < request.To; chunk++)
        {
            inputs.Add(new PublishInput.ChunkReady(chunk, request.Inputs.Chunks[chunk]!.Rungs));
        }

        (_soundFed, _chunksFed) = (true, Math.Max(_chunksFed, request.To));
        var reports = Carry(inputs.ToArray());

        // Asked again for what is out already (an answer was lost): answer again.
        if (reports.IsEmpty && _state.ChunksOut > 0)
        {
            reports = [new ProjectMessage.Published(_state.ChunksOut)];
        }

        return Task.FromResult(new RoundEnded(reports, null, null));
    }

    private async Task<RoundEnded> DeliverAsync(ProjectEffect.Deliver request)
    {
        var captions = request.Files.FirstOrDefault(f => f.Name.EndsWith(".vtt", StringComparison.Ordinal))?.File
            ?? await _artifacts.WriteAsync(EmptyWebVtt, CancellationToken.None).ConfigureAwait(false);
        Carry([new PublishInput.CaptionsReady(captions)]);
        foreach (var file in request.Files)
        {
            _files.PutArtifact(file.Name, file.File, share: false);
        }

        _files.Sync();
        return new RoundEnded([new ProjectMessage.Delivered()], null, null);
    }

    private ImmutableArray<ProjectMessage> Carry(ReadOnlySpan<PublishInput> inputs)
    {
        var reports = ImmutableArray.CreateBuilder<ProjectMessage>();
        (_state, var effects) = PublishLogic.Decide(_state, inputs);
        foreach (var effect in effects)
        {
            switch (effect)
            {
                case PublishEffect.PutArtifact put:
                    _files.PutArtifact(put.Path, put.File, share: true);
                    break;
                case PublishEffect.PutText put:
                    _files.PutText(put.Path, put.Text);
                    break;
                case PublishEffect.Published published:
                    _files.Sync();
                    reports.Add(new ProjectMessage.Published(published.Chunks));
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
