using Url2Video.Farm.Media.FFmpeg;

namespace Url2Video.Farm.Media.Tests.FFmpeg;

[Collection(FFmpegCollection.Name)]
public sealed class FFmpegErrorTests
{
    [RequiresFFmpegFact]
    public void Check_NegativeResult_NamesTheCallTheCodeAndTheText()
    {
        static int av_fake(int size) => -12;

        var failure = Assert.Throws<FFmpegException>(() => AvResult.Check(av_fake(size: 3)));

        Assert.Equal("av_fake failed: Cannot allocate memory (-12).", failure.Message);
        Assert.Equal((FFmpegErrorKind.OutOfMemory, -12), (failure.Kind, failure.Code));
    }

    [Theory]
    [InlineData(-1094995529, FFmpegErrorKind.InvalidData)] // AVERROR_INVALIDDATA
    [InlineData(-541478725, FFmpegErrorKind.InvalidData)] // AVERROR_EOF
    [InlineData(-1128613112, FFmpegErrorKind.NotFound)] // AVERROR_DECODER_NOT_FOUND
    [InlineData(-1129203192, FFmpegErrorKind.NotFound)] // AVERROR_ENCODER_NOT_FOUND
    [InlineData(-1279870712, FFmpegErrorKind.NotFound)] // AVERROR_FILTER_NOT_FOUND
    [InlineData(-1414549496, FFmpegErrorKind.NotFound)] // AVERROR_OPTION_NOT_FOUND
    [InlineData(-1163346256, FFmpegErrorKind.Unsupported)] // AVERROR_PATCHWELCOME
    [InlineData(-558323010, FFmpegErrorKind.Other)] // AVERROR_BUG
    [InlineData(-2, FFmpegErrorKind.NotFound)] // ENOENT
    [InlineData(-22, FFmpegErrorKind.Other)] // EINVAL
    public void KindOf_CodesOfTheLibraries_AreTold(int code, FFmpegErrorKind kind) => Assert.Equal(kind, AvResult.KindOf(code));

    [RequiresFFmpegFact]
    public void Failures_OnOneThread_AreNotExplainedByAnotherThreadsLog()
    {
        Assert.Throws<FFmpegException>(() => AudioGraph.Run("nosuchfilter", Signal.Silence(0.01)));
        var thread = new Thread(() => Assert.Throws<FFmpegException>(() => AudioGraph.Run("otherfilter", Signal.Silence(0.01))));
        thread.Start();
        thread.Join();

        var failure = Assert.Throws<FFmpegException>(() => AudioGraph.Run("volume=nonsense", Signal.Silence(0.01)));

        Assert.DoesNotContain("filter'", failure.Message.Replace("graph", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("nonsense", failure.Message, StringComparison.Ordinal);
    }

    [RequiresFFmpegFact]
    public void Failure_Twice_ReadsTheSame()
    {
        string Message() => Assert.Throws<FFmpegException>(() => AudioGraph.Run("volume=nonsense", Signal.Silence(0.01))).Message;

        var message = Message();

        Assert.Equal(message, Message());
        Assert.DoesNotContain("0x", message, StringComparison.Ordinal);
    }

    [RequiresFFmpegFact]
    public void Versions_NameEveryLibrary() =>
        Assert.Matches("^avutil \\d+\\.\\d+\\.\\d+, avcodec .*, avformat .*, avfilter .*, swscale \\d+\\.", FFmpegLibrary.Versions);
}
