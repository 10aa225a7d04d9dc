using System.Buffers.Binary;
using Url2Video.Farm.Cluster.Serialization;

namespace Url2Video.Farm.Node.Workers;

/// <summary>What a frame between a node and its worker process is.</summary>
internal enum WorkerFrameKind : byte
{
    /// <summary>To the worker: begin this job.</summary>
    Run = 1,

    /// <summary>To the worker: nobody waits for the job any more.</summary>
    Stop,

    /// <summary>To the worker: what became of a <see cref="Call"/>.</summary>
    Answer,

    /// <summary>From the worker: it has started and may be given a job.</summary>
    Ready,

    /// <summary>From the worker, every <see cref="Core.Limits.WorkerBeatSeconds"/>: its process runs.</summary>
    Beat,

    Progress,

    /// <summary>From the worker: a line for the log of the attempt.</summary>
    Line,

    /// <summary>From the worker: it wants something of the artifact store that only the node can do.</summary>
    Call,

    Finished,

    Failed,
}

/// <summary>One message on the pipe: its length (4 bytes, little endian), its kind (1 byte), its bytes.</summary>
internal readonly record struct WorkerFrame(WorkerFrameKind Kind, byte[] Bytes)
{
    private const int HeaderBytes = 5;

    /// <returns>Null at the end of the stream.</returns>
    /// <exception cref="InvalidDataException">The other side does not speak this.</exception>
    /// <exception cref="EndOfStreamException">It ended in the middle of a frame.</exception>
    public static async ValueTask<WorkerFrame?> ReadAsync(Stream stream, CancellationToken cancellation)
    {
        var header = new byte[HeaderBytes];
        var read = await stream.ReadAtLeastAsync(header, HeaderBytes, throwOnEndOfStream: false, cancellation).ConfigureAwait(false);
        if (read == 0)
        {
            return null;
        }

        if (read < HeaderBytes)
        {
            throw new EndOfStreamException();
        }

        var length = BinaryPrimitives.ReadInt32LittleEndian(header);
        if (length < 0 || length > BytesMaxOf((WorkerFrameKind)header[4]))
        {
            throw new InvalidDataException("Not a frame of a worker.");
        }

        var bytes = new byte[length];
        await stream.ReadExactlyAsync(bytes, cancellation).ConfigureAwait(false);
        return new((WorkerFrameKind)header[4], bytes);
    }

    /// <summary>A result must fit the link to a server, with room; the rest is short. −1: no such kind.</summary>
    private static int BytesMaxOf(WorkerFrameKind kind) => kind switch
    {
        WorkerFrameKind.Run => FarmJson.BytesMax,
        WorkerFrameKind.Finished => 4 * 1024 * 1024,
        WorkerFrameKind.Failed or WorkerFrameKind.Answer or WorkerFrameKind.Line => 64 * 1024,
        WorkerFrameKind.Stop or WorkerFrameKind.Ready or WorkerFrameKind.Beat or WorkerFrameKind.Progress or WorkerFrameKind.Call => 1_024,
        _ => -1,
    };

    /// <summary>As one write, so that frames of several threads do not mix when each holds the gate.</summary>
    public byte[] ToBytes()
    {
        var all = new byte[HeaderBytes + Bytes.Length];
        BinaryPrimitives.WriteInt32LittleEndian(all, Bytes.Length);
        all[4] = (byte)Kind;
        Bytes.CopyTo(all, HeaderBytes);
        return all;
    }
}
