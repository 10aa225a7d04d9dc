using System.Collections.Immutable;
using Url2Video.Farm.Core.Packaging.Cmaf;

namespace Url2Video.Farm.Core.Packaging.Rules;

/// <summary>
/// Reads the samples of one track out of a segment. Memory is bounded by <see cref="Limits.LintSamplesMax"/>; time also by what is left for the
/// package, as a sample needs no byte of its own.
/// </summary>
internal sealed class FragmentReader(FragmentInit init, LintBudget budget)
{
    private readonly ImmutableArray<FragmentSample>.Builder _samples = ImmutableArray.CreateBuilder<FragmentSample>();
    private readonly ImmutableArray<(LintRule Rule, string What)>.Builder _faults = ImmutableArray.CreateBuilder<(LintRule, string)>();
    private readonly ImmutableArray<uint>.Builder _numbers = ImmutableArray.CreateBuilder<uint>();
    private ulong? _start;
    private ulong _next;
    private long _fileBytes;
    private int _settled;
    private int _boxes;

    /// <exception cref="InvalidDataException">It cannot be read.</exception>
    /// <exception cref="LintSpentException">The package has more than is looked at.</exception>
    public Fragment Read(ReadOnlySpan<byte> file)
    {
        _fileBytes = file.Length;
        var reader = new BoxReader(file);
        ImmutableArray<string> brands = [];
        var at = 0;
        while (Next(ref reader, out var type, out var payload))
        {
            switch (type)
            {
                case "styp":
                    brands = FragmentInit.BrandsOf(payload);
                    break;
                case "moof" when _settled < _samples.Count:
                    throw new InvalidDataException("Two moof follow each other without an mdat.");
                case "moof":
                    Movie(payload, at);
                    break;
                case "mdat":
                    Settle(reader.Position - payload.Length, reader.Position);
                    break;
            }

            at = reader.Position;
        }

        return _samples.Count > 0 && _settled == _samples.Count
            ? new Fragment(_numbers.ToImmutable(), _start ?? 0, _samples.ToImmutable(), brands, _faults.ToImmutable())
            : throw new InvalidDataException("There is no moof with samples and an mdat after it.");
    }

    // Samples of a stranger may all lie in one place: then looking at each would be work without end.
    private void Settle(long first, long last)
    {
        var bytes = 0L;
        for (; _settled < _samples.Count; _settled++)
        {
            var sample = _samples[_settled];
            if (sample.Offset < first || sample.Offset > last || sample.Bytes > last - sample.Offset)
            {
                throw new InvalidDataException("A sample lies outside of mdat.");
            }

            bytes += sample.Bytes;
        }

        if (bytes > last - first)
        {
            throw new InvalidDataException("Samples lie in each other.");
        }
    }

    private bool Next(scoped ref BoxReader reader, out string type, out ReadOnlySpan<byte> payload)
    {
        budget.TakeBox();
        return ++_boxes <= Limits.LintBoxesMax ? IsoBoxes.TryNext(ref reader, out type, out payload) : throw new InvalidDataException($"There are more than {Limits.LintBoxesMax} boxes.");
    }

    private void Movie(ReadOnlySpan<byte> moof, long moofStart)
    {
        var header = new BoxReader(IsoBoxes.Path(moof, "mfhd"));
        header.Skip(4);
        _numbers.Add(header.U32());
        var reader = new BoxReader(moof);
        var trafs = 0;
        while (Next(ref reader, out var type, out var traf))
        {
            if (type != "traf")
            {
                continue;
            }

            trafs++;
            var head = new BoxReader(IsoBoxes.Path(traf, "tfhd"));
            var flags = head.U32() & 0xFF_FFFF;
            if (head.U32() == init.TrackId)
            {
                Track(traf, flags, ref head, moofStart);
            }
        }

        Shape(trafs == 1, $"has {trafs} traf in a moof");
    }

    private void Track(ReadOnlySpan<byte> traf, uint flags, ref BoxReader head, long moofStart)
    {
        const uint BaseOffset = 1, Description = 2, Duration = 8, Bytes = 0x10, Flags = 0x20, BaseIsMoof = 0x2_0000;
        var start = (flags & BaseOffset) == 0 ? moofStart : IsoBoxes.Sized(ref head, 1);
        if (start > _fileBytes)
        {
            throw new InvalidDataException("The base of a fragment lies beyond the file.");
        }

        head.Skip((flags & Description) == 0 ? 0 : 4);
        var defaults = (
            (flags & Duration) == 0 ? init.Defaults.Duration : head.U32(),
            (flags & Bytes) == 0 ? init.Defaults.Bytes : head.U32(),
            (flags & Flags) == 0 ? init.Defaults.Flags : head.U32());
        Shape((flags & BaseIsMoof) != 0, "has a traf without default-base-is-moof");
        Time(traf);
        var (runs, offset) = (0, start);
        var reader = new BoxReader(traf);
        while (Next(ref reader, out var type, out var run))
        {
            if (type == "trun")
            {
                runs++;
                offset = Run(run, start, offset, defaults);
            }
        }

        Shape(runs == 1, $"has {runs} trun in a traf");
    }

    private void Time(ReadOnlySpan<byte> traf)
    {
        if (!IsoBoxes.TryChild(traf, "tfdt", out var payload))
        {
            Fault(LintRules.Boxes, "has no tfdt");
            return;
        }

        var reader = new BoxReader(payload);
        var version = reader.U32() >> 24;
        var time = version == 0 ? reader.U32() : reader.U64();
        Shape(version == 1, "has a tfdt of version 0");
        if (_start is not null && time != _next)
        {
            Fault(LintRules.DecodeTime, $"has a moof that starts at {time} in place of {_next}");
        }

        _start ??= time;
        _next = time;
    }

    // Bounded: a base within the file, 2^31 from there, and 65,536 samples of at most 2^32 bytes stay far below 2^63.
    private long Run(ReadOnlySpan<byte> run, long start, long offset, (uint Duration, uint Bytes, uint Flags) defaults)
    {
        const uint DataOffset = 1, FirstFlags = 4, Duration = 0x100, Bytes = 0x200, Flags = 0x400, Composition = 0x800;
        var reader = new BoxReader(run);
        var head = reader.U32();
        var (version, flags, count) = (head >> 24, head & 0xFF_FFFF, reader.U32());
        if (count > Limits.LintSamplesMax - _samples.Count)
        {
            throw new InvalidDataException($"There are more than {Limits.LintSamplesMax} samples.");
        }

        budget.TakeSamples(count);
        var at = (flags & DataOffset) == 0 ? offset : start + (int)reader.U32();
        uint? first = (flags & FirstFlags) == 0 ? null : reader.U32();
        for (var index = 0; index < count; index++)
        {
            var duration = (flags & Duration) == 0 ? defaults.Duration : reader.U32();
            var bytes = (flags & Bytes) == 0 ? defaults.Bytes : reader.U32();
            var own = (flags & Flags) == 0 ? defaults.Flags : reader.U32();
            var raw = (flags & Composition) == 0 ? 0 : reader.U32();
            _samples.Add(new FragmentSample(at, bytes, duration, index == 0 ? first ?? own : own, version == 0 ? raw : (int)raw));
            at += bytes;
            _next += duration;
        }

        return at;
    }

    private void Shape(bool isTrue, string what)
    {
        if (!isTrue)
        {
            Fault(LintRules.Shape, what);
        }
    }

    private void Fault(LintRule rule, string what)
    {
        if (!_faults.Contains((rule, what)) && _faults.Count(f => f.Rule.Id == rule.Id) < Limits.LintFaultsPerRuleMax)
        {
            _faults.Add((rule, what));
        }
    }
}
