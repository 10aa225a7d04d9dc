using System.Globalization;
using Url2Video.Farm.Cluster.Artifacts;
using Url2Video.Farm.Core.Errors;

namespace Url2Video.Farm.Node.Embedded;

/// <summary>Counts the lives of a node in a file, because clocks go backwards and leases must not.</summary>
internal static class NodeEpoch
{
    /// <returns>Greater than every number returned before for this file.</returns>
    /// <exception cref="FarmException">The file cannot be written: a life without a number must not begin.</exception>
    public static long Next(string path)
    {
        try
        {
            var last = File.Exists(path) && long.TryParse(File.ReadAllText(path), NumberStyles.None, CultureInfo.InvariantCulture, out var read) ? read : 0;
            var temporary = path + ".tmp";
            using (var file = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None))
            {
                file.Write(System.Text.Encoding.ASCII.GetBytes((last + 1).ToString(CultureInfo.InvariantCulture)));
                file.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
            LibC.FlushDirectory(Path.GetDirectoryName(path)!);
            return last + 1;
        }
        catch (Exception fault) when (IoFaults.IsKnown(fault))
        {
            throw IoFaults.Translate(fault, "number this start of the node");
        }
    }
}
