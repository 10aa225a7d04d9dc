using Url2Video.Farm.Cluster.Persistence;

namespace Url2Video.Farm.Cluster.Tests.Persistence;

/// <summary>Places of the journal that are seen out of order, or never.</summary>
public sealed class PlaceGapsTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);
    private readonly PlaceGaps _gaps = new(last: 10, TimeSpan.FromSeconds(30), gapsMax: 4);

    [Fact]
    public void See_InOrder_LeavesNothingMissing()
    {
        Assert.True(_gaps.See(11, Noon) && _gaps.See(12, Noon));

        Assert.Empty(_gaps.Missing(Noon));
        Assert.Equal((12, 12), (_gaps.Last, _gaps.Safe));
    }

    [Fact]
    public void See_LateByMoreThanAnyPage_IsStillNewsAndOnlyOnce()
    {
        _gaps.See(100_000, Noon);

        Assert.Equal([(11L, 99_999L)], _gaps.Missing(Noon));
        Assert.Equal(10, _gaps.Safe);
        Assert.True(_gaps.See(500, Noon));
        Assert.False(_gaps.See(500, Noon));
        Assert.Equal([(11L, 499L), (501L, 99_999L)], _gaps.Missing(Noon).Order());
    }

    [Fact]
    public void See_TheLastOfAGap_ClosesIt()
    {
        _gaps.See(13, Noon);
        _gaps.See(12, Noon);
        _gaps.See(11, Noon);

        Assert.Empty(_gaps.Missing(Noon));
        Assert.Equal(13, _gaps.Safe);
    }

    [Fact]
    public void Missing_AfterItsPatience_IsGivenUp()
    {
        _gaps.See(13, Noon);

        Assert.NotEmpty(_gaps.Missing(Noon.AddSeconds(29)));
        Assert.Empty(_gaps.Missing(Noon.AddSeconds(30)));
        Assert.Equal(13, _gaps.Safe);
    }

    [Fact]
    public void See_MoreGapsThanAreKept_GivesUpTheOldest()
    {
        for (var place = 12; place <= 20; place += 2)
        {
            _gaps.See(place, Noon);
        }

        Assert.Equal([(13L, 13L), (15L, 15L), (17L, 17L), (19L, 19L)], _gaps.Missing(Noon).Order());
    }
}
