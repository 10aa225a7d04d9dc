using System.Text;
using Url2Video.Farm.Cluster.Serialization;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Errors;
using Url2Video.Farm.Core.Nodes;

namespace Url2Video.Farm.Node.Workers;

/// <summary>What a worker asks of its node's store.</summary>
internal enum StoreCall : byte
{
    Using,
    Bring,
    Stored,
}

/// <summary>What stands in frames. Jobs and results are the JSON of the farm's own messages.</summary>
internal static class WorkerWords
{
    private const int TextCharsMax = 4_000;

    /// <param name="Backed">Something stands behind the store's folder: the worker must ask.</param>
    /// <param name="Number">Of the job among those of this worker.</param>
    /// <param name="FilmDir">See <see cref="WorkContext.FilmDir"/>.</param>
    public sealed record Order(int Number, string Store, string Scratch, string? FilmDir, bool Backed, Lease Lease, JobSpec Job);

    public static WorkerFrame Run(Order order) => new(WorkerFrameKind.Run, Bytes(to =>
    {
        to.Write(order.Number);
        to.Write(order.Store);
        to.Write(order.Scratch);
        to.Write(order.FilmDir ?? string.Empty);
        to.Write(order.Backed);
        to.Write(FarmJson.Write((object)new NodeMessage.Grant(order.Lease, order.Job)));
    }));

    public static Order OrderOf(WorkerFrame frame)
    {
        using var from = Reader(frame);
        var (number, store, scratch, film, backed) = (from.ReadInt32(), from.ReadString(), from.ReadString(), from.ReadString(), from.ReadBoolean());
        var grant = (NodeMessage.Grant)FarmJson.Read(Rest(frame, from), typeof(NodeMessage.Grant));
        return new(number, store, scratch, film.Length > 0 ? film : null, backed, grant.Lease, grant.Spec);
    }

    /// <summary>One that comes late must not stop the next job.</summary>
    public static WorkerFrame Stop(int number) => new(WorkerFrameKind.Stop, Bytes(to => to.Write(number)));

    public static int NumberOf(WorkerFrame stop)
    {
        using var from = Reader(stop);
        return from.ReadInt32();
    }

    public static WorkerFrame Progress(WorkProgress progress) => new(WorkerFrameKind.Progress, Bytes(to =>
    {
        to.Write(progress.Done);
        to.Write(progress.Total);
    }));

    public static WorkProgress ProgressOf(WorkerFrame frame)
    {
        using var from = Reader(frame);
        return new(from.ReadInt64(), from.ReadInt64());
    }

    public static WorkerFrame Line(string text) => new(WorkerFrameKind.Line, Encoding.UTF8.GetBytes(Cut(text)));

    public static string LineOf(WorkerFrame frame) => Encoding.UTF8.GetString(frame.Bytes);

    public static WorkerFrame Call(int number, StoreCall call, ArtifactRef artifact) => new(WorkerFrameKind.Call, Bytes(to =>
    {
        to.Write(number);
        to.Write((byte)call);
        to.Write(artifact.Id.Sha256);
        to.Write(artifact.Bytes);
    }));

    public static (int Number, StoreCall Call, ArtifactRef Artifact) CallOf(WorkerFrame frame)
    {
        using var from = Reader(frame);
        var (number, call, sha, bytes) = (from.ReadInt32(), (StoreCall)from.ReadByte(), from.ReadString(), from.ReadInt64());
        return Sha256Text.IsOne(sha) && bytes >= 0 ? (number, call, new ArtifactRef(new ArtifactId(sha), bytes)) : throw new InvalidDataException("Not the name of an artifact.");
    }

    /// <param name="error">Null: it was done, and <paramref name="isThere"/> says with what outcome.</param>
    public static WorkerFrame Answer(int number, bool isThere, FarmError? error) => new(WorkerFrameKind.Answer, Bytes(to =>
    {
        to.Write(number);
        to.Write(isThere);
        to.Write(error is null ? [] : FarmJson.Write((object)Cut(error)));
    }));

    public static (int Number, bool IsThere, FarmError? Error) AnswerOf(WorkerFrame frame)
    {
        using var from = Reader(frame);
        var (number, isThere) = (from.ReadInt32(), from.ReadBoolean());
        var rest = Rest(frame, from);
        return (number, isThere, rest.IsEmpty ? null : (FarmError)FarmJson.Read(rest, typeof(FarmError)));
    }

    public static WorkerFrame Finished(JobResult result) => new(WorkerFrameKind.Finished, FarmJson.Write<JobResult>(result));

    public static JobResult ResultOf(WorkerFrame frame) => (JobResult)FarmJson.Read(frame.Bytes, typeof(JobResult));

    /// <param name="bug">What the fault says of itself when it should not have happened; empty otherwise.</param>
    public static WorkerFrame Failed(FarmError error, string bug) => new(WorkerFrameKind.Failed, Bytes(to =>
    {
        to.Write(Cut(bug));
        to.Write(FarmJson.Write((object)Cut(error)));
    }));

    public static (FarmError Error, string Bug) FailureOf(WorkerFrame frame)
    {
        using var from = Reader(frame);
        var bug = from.ReadString();
        return (Cut((FarmError)FarmJson.Read(Rest(frame, from), typeof(FarmError))), bug);
    }

    // Of what libraries say: long enough to be understood. It goes into journals and onto screens.
    private static FarmError Cut(FarmError error) => error with { Message = Cut(error.Message), WayOut = error.WayOut is { } way ? Cut(way) : null };

    private static string Cut(string text) => text.Length <= TextCharsMax ? text : text[..TextCharsMax];

    private static byte[] Bytes(Action<BinaryWriter> write)
    {
        using var all = new MemoryStream();
        using var to = new BinaryWriter(all, Encoding.UTF8);
        write(to);
        to.Flush();
        return all.ToArray();
    }

    private static BinaryReader Reader(WorkerFrame frame) => new(new MemoryStream(frame.Bytes, writable: false), Encoding.UTF8);

    private static ReadOnlySpan<byte> Rest(WorkerFrame frame, BinaryReader from) => frame.Bytes.AsSpan((int)from.BaseStream.Position);
}
