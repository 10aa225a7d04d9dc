using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Orders;
using Url2Video.Farm.Core.Planning;

namespace Url2Video.Farm.Core.Tests.Orders;

public sealed class PresetTests
{
    public static TheoryData<string> Names => [.. PresetCatalog.All.Select(p => p.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Judge_EveryPreset_GivesAnOrderOfItsSizeRateAndFormats(string name)
    {
        var preset = PresetCatalog.Find(name)!;

        var (order, faults) = OrderRules.Judge(new OrderWishes { Preset = name });

        Assert.Empty(faults);
        Assert.Equal((preset.Width, preset.Height), (order!.Brief.Width, order.Brief.Height));
        Assert.Equal(preset.SecondsWanted, order.Brief.SecondsTarget);
        Assert.Equal((preset.SecondsMax, preset.Name, preset.CrfShift), (order.Encoding.SecondsMax, order.Encoding.Preset, order.Encoding.CrfShift));
        Assert.True(order.Brief.Explicit.HasFlag(BriefFields.Size | BriefFields.Fps | BriefFields.Loudness));
        Assert.NotEmpty(Renditions.For(preset.Width, preset.Height, [], order.Formats, order.Encoding).OrThrow());
    }

    [Fact]
    public void Catalog_HasEveryPlatformOfTheManual()
    {
        string[] platforms = ["YouTube", "Instagram", "TikTok", "LinkedIn", "Twitter", "Facebook", "web", "broadcast", "e-mail"];

        Assert.All(platforms, p => Assert.Contains(PresetCatalog.All, preset => preset.Platform.Contains(p, StringComparison.Ordinal)));
        Assert.Equal(PresetCatalog.All.Length, PresetCatalog.All.Select(p => p.Name).Distinct().Count());
    }

    [Fact]
    public void Judge_WhatIsSaid_WinsWhereThePlatformTakesIt()
    {
        var (order, faults) = OrderRules.Judge(new OrderWishes { Preset = "youtube", Size = "1280x720", Fps = "60", Loudness = "-16", Format = "webm", CrfShift = 3 });

        Assert.Empty(faults);
        Assert.Equal((1280, new Rational(60, 1), -160, OutputFormats.WebM, 3), (order!.Brief.Width, order.Brief.Fps, order.Brief.LoudnessLufsTenths, order.Formats, order.Encoding.CrfShift));
    }

    [Theory]
    [InlineData("tiktok", "1920x1080", null, null, null, "size")]
    [InlineData("instagram-feed", null, "16:9", null, null, "aspect")]
    [InlineData("youtube", null, null, "120", null, "fps")]
    [InlineData("instagram-reel", null, null, null, 91, "seconds")]
    [InlineData("myspace", null, null, null, null, "preset")]
    public void Judge_WhatThePlatformDoesNotTake_IsRefusedByField(string preset, string? size, string? aspect, string? fps, int? seconds, string field)
    {
        var (order, faults) = OrderRules.Judge(new OrderWishes { Preset = preset, Size = size, Aspect = aspect, Fps = fps, Seconds = seconds });

        Assert.Null(order);
        Assert.Equal([field], faults.Select(f => f.Field));
        Assert.NotEmpty(faults[0].Allowed);
    }

    [Theory]
    [InlineData("codecs", "h264,vp8", null, null, null)]
    [InlineData("profile", null, "slow", null, null)]
    [InlineData("crf-shift", null, null, 13, null)]
    [InlineData("encoder", null, null, null, "toaster")]
    public void Judge_ImpossibleWaysOfCoding_AreRefusedByField(string field, string? codecs, string? profile, int? shift, string? encoder)
    {
        var (order, faults) = OrderRules.Judge(new OrderWishes { Codecs = codecs, Profile = profile, CrfShift = shift, Encoder = encoder });

        Assert.Null(order);
        Assert.Equal([field], faults.Select(f => f.Field));
    }

    [Theory]
    [InlineData(null, TrickPlayKinds.None)]
    [InlineData("all", TrickPlayKinds.None)]
    [InlineData("iframes, Thumbnails", TrickPlayKinds.None)]
    [InlineData("none", TrickPlayKinds.All)]
    [InlineData("thumbnails", TrickPlayKinds.IFrames)]
    [InlineData("iframes", TrickPlayKinds.Thumbnails)]
    public void Judge_TrickPlay_IsWhatIsLeftOut(string? said, TrickPlayKinds without) =>
        Assert.Equal(without, OrderRules.Judge(new OrderWishes { TrickPlay = said }).Order!.Encoding.WithoutTrickPlay);

    [Fact]
    public void Judge_TrickPlayThatThereIsNot_IsRefusedByField() =>
        Assert.Equal(["trick-play"], OrderRules.Judge(new OrderWishes { TrickPlay = "iframes,scratching" }).Faults.Select(f => f.Field));

    [Fact]
    public void Judge_CodecsWithoutAPackage_AreRefused() =>
        Assert.Equal(["codecs"], OrderRules.Judge(new OrderWishes { Format = "mp4", Codecs = "hevc" }).Faults.Select(f => f.Field));

    [Fact]
    public void Judge_NothingSaidOfCoding_IsCustomaryAndNotWritten()
    {
        var order = OrderRules.Judge(new OrderWishes { Codecs = "h264", Profile = "standard", CrfShift = 0, Encoder = "cpu", TrickPlay = "all" }).Order!;

        Assert.Null(order.Encoding.OrNull());
        Assert.Equal(["mp4", "hls", "dash"], Outputs().Select(f => f));

        IEnumerable<string> Outputs() => Core.Outputs.FormatCatalog.In(order.Formats).Select(f => f.Word);
    }

    [Fact]
    public void Judge_EveryFormatAtOnce_IsTaken() =>
        Assert.Equal(Core.Outputs.FormatCatalog.All.Aggregate(OutputFormats.None, (all, f) => all | f.Flag), OrderRules.Judge(new OrderWishes { Format = Core.Outputs.FormatCatalog.Words }).Order!.Formats);
}
