using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Packaging;
using Url2Video.Farm.Core.Projects;
using Url2Video.Farm.Core.Publishing;

namespace Url2Video.Farm.Core.Tests.Simulation;

/// <summary>
/// Publishes one project's film: the shell of <see cref="PublishLogic"/>, one effect at a time. It dies with the project's process at any
/// point between two effects; the folder stays as it is.
/// </summary>
internal sealed class SimPublisher(SimFarm farm, ProjectId id, Func<long> term, Func<bool> isAlive, Action<ProjectMessage> tell)
{
    private readonly SplitMix _random = farm.Random.Fork();
    private readonly SimOutput _folder = farm.Outputs[id];
    private PublishState? _state;
    private ProjectEffect.Publish? _next;
    private int _chunksFed;
    private bool _busy;

    public void Publish(ProjectEffect.Publish order)
    {
        _folder.Claim(term());
        _next = order; // A later order includes an earlier one.
        Next();
    }

    public void Deliver(ProjectEffect.Deliver order) => farm.World.After(Pause(), () =>
    {
        if (isAlive() && order.Files.FirstOrDefault(f => !farm.Oracle.Exists(f.File.Id)) is { } lost)
        {
            tell(new ProjectMessage.OutputFailed(SimFilm.Missing(lost.File.Id)));
        }
        else if (isAlive())
        {
            _folder.IsDelivered = true;
            tell(new ProjectMessage.Delivered());
        }
    });

    private void Next()
    {
        if (_busy || _next is not { } order)
        {
            return;
        }

        (_next, _busy) = (null, true);
        var (plan, facts) = (order.Inputs.Plan, order.Inputs.Facts);
        _state ??= PublishState.Start(new PublishSpec(plan, order.Inputs.Formats, facts.Language, facts.Title, HasCaptions: true) { TrickPlay = TrickPlayKinds.All });
        (_state, var effects) = farm.Rules.Publish(_state, InputsOf(order).ToArray());
        Carry(new Queue<PublishEffect>(effects.IsEmpty ? SaidBefore(_state) : effects));
    }

    private IEnumerable<PublishInput> InputsOf(ProjectEffect.Publish order)
    {
        if (order.Inputs.Sound is { } sound)
        {
            yield return new PublishInput.AudioReady(sound);
        }

        for (; _chunksFed < order.To; _chunksFed++)
        {
            yield return new PublishInput.ChunkReady(_chunksFed, order.Inputs.Chunks[_chunksFed]!.Rungs);
        }

        if (order.Inputs.Files is { } files)
        {
            yield return new PublishInput.CaptionsReady(files.Single(f => f.Name == SimFilm.Captions).File);
            yield return new PublishInput.TrickPlayReady(order.Inputs.TrickPlay);
        }
    }

    private static IEnumerable<PublishEffect> SaidBefore(PublishState state)
    {
        yield return new PublishEffect.Published(state.ChunksOut);
        if (state.IsComplete)
        {
            yield return new PublishEffect.Completed();
        }
    }

    private void Carry(Queue<PublishEffect> effects)
    {
        if (!effects.TryDequeue(out var effect))
        {
            _busy = false;
            Next();
            return;
        }

        if (!farm.Rules.PublishesBeforeSaying && effects.LastOrDefault() is PublishEffect.Published early)
        {
            tell(new ProjectMessage.Published(early.Chunks));
        }

        farm.World.After(Pause(), () =>
        {
            if (!isAlive() || !farm.Rules.MayPublish(term(), _folder.Claimed))
            {
                return;
            }

            if (effect is PublishEffect.PutArtifact put && !_folder.Has(put.Path) && !farm.Oracle.Exists(put.File.Id))
            {
                // As the shell does: it forgets what it has said, and the project asks again once the file is there.
                (_state, _chunksFed, _busy) = (null, 0, false);
                tell(new ProjectMessage.OutputFailed(SimFilm.Missing(put.File.Id)));
                Next();
                return;
            }

            Carry(effect);
            Carry(effects);
        });
    }

    private void Carry(PublishEffect effect)
    {
        farm.World.Trace(effect.GetType().Name, id.Value);
        switch (effect)
        {
            case PublishEffect.PutArtifact e:
                _folder.PutArtifact(e.Path, e.File.Id, _folder.Has(e.Path) || farm.Oracle.Exists(e.File.Id));
                break;
            case PublishEffect.PutText e:
                _folder.PutText(e.Path, e.Text);
                break;
            case PublishEffect.Published e:
                tell(new ProjectMessage.Published(e.Chunks));
                break;
            case PublishEffect.Completed:
                _folder.IsComplete = _folder.Has(PackageLayout.HlsMaster) && _folder.Has(PackageLayout.CaptionsFile) && _folder.Has(PackageLayout.IFramesFile);
                tell(new ProjectMessage.PublicationCompleted());
                break;
            case PublishEffect.Refused e:
                throw new ViolationException($"output: {e.Error}");
        }
    }

    // Now and then a disk is slow enough for another life to publish meanwhile.
    private long Pause() => _random.Chance(0.03) ? _random.Between(World.Second, 10 * World.Second) : _random.Between(World.Millisecond, 40 * World.Millisecond);
}
