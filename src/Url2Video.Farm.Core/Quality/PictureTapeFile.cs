using System.Collections.Immutable;

namespace Url2Video.Farm.Core.Quality;

/// <summary>
/// A tape as bytes. Fields are differences to the frame before, and runs of zeros are counted: a picture at rest costs next to nothing. Written by
/// hand, because a library's compression may come out differently on another processor.
/// </summary>
public static class PictureTapeFile
{
    private const uint Magic = 0x32515632; // "2VQ2"; the first knew scenes by their numbers

    public static byte[] Write(PictureTape tape)
    {
        using var stream = new MemoryStream();
        using var to = new BinaryWriter(stream);
        to.Write(Magic);
        to.Write7BitEncodedInt(tape.Columns);
        to.Write7BitEncodedInt(tape.Rows);
        to.Write7BitEncodedInt64(tape.FirstFrame);
        to.Write7BitEncodedInt(tape.Frames);
        WriteFields(to, tape.Fields.Span, 2 * tape.Cells);
        to.Write7BitEncodedInt(tape.Details.Length);
        foreach (var row in tape.Details)
        {
            to.Write7BitEncodedInt64(row.Frame);
            foreach (var value in (ReadOnlySpan<int>)[row.Spatial, row.Step, row.Ratio, row.Block, row.Band, row.Low, row.High, row.Colours.Length, .. row.Colours])
            {
                to.Write7BitEncodedInt(value);
            }
        }

        to.Write7BitEncodedInt(tape.Texts.Length);
        foreach (var row in tape.Texts)
        {
            to.Write(row.Id);
            to.Write7BitEncodedInt64(row.Frame);
            to.Write7BitEncodedInt64(row.Start);
            foreach (var value in (ReadOnlySpan<int>)[(int)row.Role, row.X, row.Y, row.Width, row.Height, row.Ratio])
            {
                to.Write7BitEncodedInt(value);
            }
        }

        to.Flush();
        return stream.ToArray();
    }

    /// <returns>Null for bytes that are no tape.</returns>
    public static PictureTape? TryRead(byte[] file)
    {
        try
        {
            using var from = new BinaryReader(new MemoryStream(file, writable: false));
            return from.ReadUInt32() == Magic ? Read(from) : null;
        }
        catch (Exception fault) when (fault is IOException or FormatException or ArgumentException)
        {
            return null;
        }
    }

    private static PictureTape Read(BinaryReader from)
    {
        var (columns, rows) = (Count(from, Limits.QualityFieldsMax), Count(from, Limits.QualityFieldsMax));
        var first = from.Read7BitEncodedInt64();
        var frames = Count(from, Limits.QualityRecordFramesMax);
        if (columns * rows is < 1 or > Limits.QualityFieldsMax || (long)frames * 2 * columns * rows > int.MaxValue / 2)
        {
            throw new FormatException("Not fields of a frame.");
        }

        var fields = ReadFields(from, frames, 2 * columns * rows);
        var details = ImmutableArray.CreateBuilder<DetailRow>();
        for (var left = Count(from, Limits.QualityRecordRowsMax); left > 0; left--)
        {
            details.Add(new DetailRow(
                from.Read7BitEncodedInt64(), from.Read7BitEncodedInt(), from.Read7BitEncodedInt(), from.Read7BitEncodedInt(), from.Read7BitEncodedInt(),
                from.Read7BitEncodedInt(), from.Read7BitEncodedInt(), from.Read7BitEncodedInt(), Numbers(from, Count(from, 16))));
        }

        var texts = ImmutableArray.CreateBuilder<TextRow>();
        for (var left = Count(from, Limits.QualityRecordRowsMax); left > 0; left--)
        {
            var (id, frame, start) = (from.ReadString(), from.Read7BitEncodedInt64(), from.Read7BitEncodedInt64());
            var role = (TextRole)from.Read7BitEncodedInt();
            texts.Add(new TextRow(
                id, role, start, from.Read7BitEncodedInt(), from.Read7BitEncodedInt(), from.Read7BitEncodedInt(), from.Read7BitEncodedInt(), from.Read7BitEncodedInt(),
                frame));
        }

        return new PictureTape(columns, rows, first, fields, details.DrainToImmutable(), texts.DrainToImmutable());
    }

    private static ImmutableArray<int> Numbers(BinaryReader from, int count)
    {
        var numbers = ImmutableArray.CreateBuilder<int>(count);
        for (var i = 0; i < count; i++)
        {
            numbers.Add(from.Read7BitEncodedInt());
        }

        return numbers.MoveToImmutable();
    }

    // A zero is followed by how many more there are, at most 255.
    private static void WriteFields(BinaryWriter to, ReadOnlySpan<byte> fields, int frameBytes)
    {
        for (var i = 0; i < fields.Length;)
        {
            var difference = DifferenceAt(fields, i, frameBytes);
            to.Write(difference);
            i++;
            if (difference != 0)
            {
                continue;
            }

            var more = 0;
            while (more < byte.MaxValue && i < fields.Length && DifferenceAt(fields, i, frameBytes) == 0)
            {
                (more, i) = (more + 1, i + 1);
            }

            to.Write((byte)more);
        }
    }

    private static byte DifferenceAt(ReadOnlySpan<byte> fields, int i, int frameBytes) => (byte)(fields[i] - (i < frameBytes ? 0 : fields[i - frameBytes]));

    private static byte[] ReadFields(BinaryReader from, int frames, int frameBytes)
    {
        var fields = new byte[frames * frameBytes];
        for (var i = 0; i < fields.Length;)
        {
            var difference = from.ReadByte();
            var run = difference == 0 ? from.ReadByte() + 1 : 1;
            if (run > fields.Length - i)
            {
                throw new FormatException("A run of zeros leads out of the fields.");
            }

            for (; run > 0; run--, i++)
            {
                fields[i] = (byte)(difference + (i < frameBytes ? 0 : fields[i - frameBytes]));
            }
        }

        return fields;
    }

    private static int Count(BinaryReader from, int countMax)
    {
        var count = from.Read7BitEncodedInt();
        return count >= 0 && count <= countMax ? count : throw new FormatException("A count is out of range.");
    }
}
