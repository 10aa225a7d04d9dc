namespace Url2Video.Farm.Media.Audio.Music;

/// <summary>
/// An endless, quiet bed of pads, a soft bass and a sparse arpeggio, made sample by sample in integers from a mood and a
/// seed: any length, constant memory, the same bytes whatever the block sizes. Not thread-safe.
/// </summary>
internal sealed class MusicBed : IMusic
{
    private const int RateHertz = 48_000;
    private const int DetuneMillionths = 2_300;
    private readonly Mood _mood;
    private readonly MusicFade _fade;
    private readonly int _root;
    private readonly int _stepSamples;
    private readonly int _stepsPerChord;
    private readonly List<Voice> _voices = [];
    private readonly StereoEcho _echo;
    private SplitMix _random;
    private long _at;
    private long _step;
    private long _toneLeft;
    private long _toneRight;

    /// <param name="fade">How it begins and ends.</param>
    internal MusicBed(MusicMood mood, ulong seed, MusicFade fade)
    {
        ArgumentOutOfRangeException.ThrowIfEqual((int)mood, (int)MusicMood.None, nameof(mood));
        _mood = Harmony.Of(mood);
        _fade = fade;
        _random = new SplitMix(seed);
        _root = 53 + _random.Below(8);
        var tempo = _mood.BeatsPerMinute + _random.Below(_mood.BeatsSpread);
        _stepSamples = RateHertz * 60 / tempo / _mood.StepsPerBeat;
        _stepsPerChord = _mood.BeatsPerChord * _mood.StepsPerBeat;
        _echo = new StereoEcho(_stepSamples * 3 / 2 / (_mood.StepsPerBeat == 1 ? 2 : 1));
    }

    public void Next(Span<int> stereo)
    {
        stereo.Clear();
        for (var done = 0; done < stereo.Length;)
        {
            var intoStep = (int)(_at % _stepSamples);
            if (intoStep == 0)
            {
                StartStep();
            }

            var frames = Math.Min(_stepSamples - intoStep, (stereo.Length - done) / 2);
            var part = stereo.Slice(done, 2 * frames);
            foreach (var voice in _voices)
            {
                voice.AddTo(part);
            }

            Finish(part);
            _at += frames;
            done += part.Length;
        }
    }

    private void StartStep()
    {
        _voices.RemoveAll(v => v.Ended);
        var inChord = (int)(_step % _stepsPerChord);
        var chord = _mood.Chords[_step / _stepsPerChord % _mood.Chords.Length];
        if (inChord == 0)
        {
            StartChord(chord);
        }

        Pluck(chord, inChord);
        Beat();
        _step++;
    }

    private void StartChord(int[] chord)
    {
        var samples = (long)_stepsPerChord * _stepSamples;
        foreach (var semitones in chord)
        {
            var midi = _root + semitones;
            foreach (var side in (ReadOnlySpan<int>)[-1, 1])
            {
                var phase = (uint)_random.Next();
                _voices.Add(new Voice(
                    _mood.Pad, Harmony.Step(midi, side * DetuneMillionths), phase, _mood.PadLevel, _mood.PadAttackSamples, Math.Max(0, samples - 48_000), 15, side * 550));
            }
        }

        var bass = _root + chord[0] - (chord[0] > -4 ? 12 : 0);
        _voices.Add(new Voice(Wavetable.Bass, Harmony.Step(bass, 0), 0, 2 * _mood.PadLevel, 14_400, Math.Max(0, samples - 28_800), 14, 0));
    }

    private void Pluck(int[] chord, int inChord)
    {
        // Three draws at every step, used or not: a rest does not shift the melody that follows.
        var (rest, tone, touch) = (_random.Below(100), _random.Below(chord.Length), _random.Below(350));
        if (rest < _mood.RestPercent)
        {
            return;
        }

        var rising = (inChord + tone / 2) % chord.Length;
        var midi = _root + chord[rising] + (rising == 0 && chord[0] < 0 ? 24 : 12);
        var level = _mood.PluckLevel * (1000 - touch) / 1000;
        _voices.Add(new Voice(_mood.Pluck, Harmony.Step(midi, 0), 0, level, 480, 0, _mood.PluckReleaseShift, (_step & 1) == 0 ? -420 : 420));
    }

    private void Beat()
    {
        if (_step % _mood.StepsPerBeat != 0)
        {
            return;
        }

        var isPulse = _step / _mood.StepsPerBeat % _mood.BeatsPerPulse == 0;
        if (_mood.PulseLevel > 0 && isPulse)
        {
            _voices.Add(new Voice(Wavetable.Bass, Harmony.Step(_root - 24, 0), 0, _mood.PulseLevel, 240, 0, 12, 0));
        }

        if (_mood.TickLevel > 0 && (_step / _mood.StepsPerBeat & 1) == 1)
        {
            _voices.Add(new Voice(Wavetable.Bell, Harmony.Step(_root + 36, 0), 0, _mood.TickLevel, 48, 0, 10, 250));
        }
    }

    private void Finish(Span<int> stereo)
    {
        for (var i = 0; i < stereo.Length; i += 2)
        {
            _toneLeft += (stereo[i] - _toneLeft) >> _mood.ToneShift;
            _toneRight += (stereo[i + 1] - _toneRight) >> _mood.ToneShift;
            (stereo[i], stereo[i + 1]) = ((int)_toneLeft, (int)_toneRight);
        }

        _echo.Apply(stereo);
        for (var i = 0; i < stereo.Length; i += 2)
        {
            var fade = _fade.At(_at + i / 2);
            stereo[i] = (int)(stereo[i] * (long)fade >> 15);
            stereo[i + 1] = (int)(stereo[i + 1] * (long)fade >> 15);
        }
    }
}
