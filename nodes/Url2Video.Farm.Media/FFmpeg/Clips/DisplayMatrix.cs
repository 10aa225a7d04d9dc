using static Url2Video.Farm.Media.FFmpeg.AvFormat;

namespace Url2Video.Farm.Media.FFmpeg;

/// <summary>How a container says that its pictures are to be turned: nine numbers, of which the first two rows and columns turn and mirror.</summary>
internal static unsafe class DisplayMatrix
{
    private const int SideDataType = 5; // AV_PKT_DATA_DISPLAYMATRIX
    private const int Bytes = 9 * sizeof(int);
    private const int FormatMajorWithParameterSideData = 61;
    private const int ParametersSideData = 32;
    private const int ParametersSideDataCount = 40;

    /// <summary>As EXIF numbers it, 1..8; what is no quarter of a turn counts as upright.</summary>
    internal static int OrientationOf(MediaStream stream)
    {
        var matrix = Find(stream);
        return matrix is null
            ? 1
            : (Math.Sign(matrix[0]), Math.Sign(matrix[1]), Math.Sign(matrix[3]), Math.Sign(matrix[4])) switch
            {
                (-1, 0, 0, 1) => 2,
                (-1, 0, 0, -1) => 3,
                (1, 0, 0, -1) => 4,
                (0, 1, 1, 0) => 5,
                (0, 1, -1, 0) => 6,
                (0, -1, -1, 0) => 7,
                (0, -1, 1, 0) => 8,
                _ => 1,
            };
    }

    private static int* Find(MediaStream stream)
    {
        nuint bytes;
        if (avformat_version() >> 16 < FormatMajorWithParameterSideData)
        {
            var data = av_stream_get_side_data(stream.Pointer, SideDataType, &bytes);
            return bytes >= Bytes ? data : null;
        }

        // From FFmpeg 7 on it hangs on the parameters: pointer, size, type.
        var parameters = (byte*)stream.Parameters;
        var entry = AvCodec.av_packet_side_data_get(*(nint*)(parameters + ParametersSideData), *(int*)(parameters + ParametersSideDataCount), SideDataType);
        return entry is not null && (bytes = ((nuint*)entry)[1]) >= Bytes ? (int*)entry[0] : null;
    }
}
