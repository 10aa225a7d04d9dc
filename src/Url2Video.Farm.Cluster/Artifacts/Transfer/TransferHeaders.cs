namespace Url2Video.Farm.Cluster.Artifacts.Transfer;

/// <summary>Header names of the transfer, frozen: nodes and servers of different versions speak them.</summary>
public static class TransferHeaders
{
    /// <summary>Where the body of a PUT begins in the file; absent: at its beginning.</summary>
    public const string UploadOffset = "Upload-Offset";
}
