using Url2Video.Farm.Media.Audio.Spatial;

namespace Url2Video.Farm.Media.Audio;

/// <summary>The narrations in stereo: in the middle, or where the plan says that they come from.</summary>
internal sealed class VoiceBus : IDisposable
{
    private readonly SpeechTrack _track;
    private readonly HeadStream? _head;
    private readonly int[] _mono = new int[ScratchSamples.BlockFrames];

    internal VoiceBus(MixPlan plan, HeadFilters heads)
    {
        _track = new SpeechTrack(plan.Speech);
        _head = plan.Voice is { } position ? new HeadStream(heads.Of(position)) : null;
        if (_head is not null)
        {
            // The filter looks ahead by its own delay: the voice stays where it is in time.
            var lead = _mono.AsSpan(0, _head.LeadSamples);
            _track.AddTo(lead, 0);
            _head.Prime(lead);
        }
    }

    internal void AddTo(Span<int> stereo, long at)
    {
        var mono = _mono.AsSpan(0, stereo.Length / 2);
        mono.Clear();
        if (_head is null)
        {
            _track.AddTo(mono, at);
            for (var i = 0; i < mono.Length; i++)
            {
                stereo[2 * i] += mono[i];
                stereo[2 * i + 1] += mono[i];
            }

            return;
        }

        _track.AddTo(mono, at + _head.LeadSamples);
        _head.AddTo(mono, stereo);
    }

    public void Dispose() => _track.Dispose();
}
