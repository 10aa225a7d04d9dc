using System.Net;
using System.Text.Json;
using Url2Video.Farm.Api.Tests.Support;
using Url2Video.Farm.Cluster.Tests.Fakes;
using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Contracts;

namespace Url2Video.Farm.Api.Tests.Videos;

[Collection(FilmCollection.Name)]
public sealed class EventTests(FilmApi api)
{
    [Fact]
    public async Task Events_FromTheBeginning_GrowAndEndWithTheFilm()
    {
        var id = await api.OrderAsync();
        var events = await ReadAsync(id, "0");
        Assert.Equal("succeeded", events[^1].Type);
        Assert.Equal(events.Select(e => e.Id).Distinct().Order(), events.Select(e => e.Id));
        Assert.Equal(events.Select(e => e.Progress).Order(), events.Select(e => e.Progress));
        Assert.Equal(1.0, events[^1].Progress);
        Assert.Contains(events, e => e.Type == "warning");
    }

    [Fact]
    public async Task Events_AfterABreak_GoOnWithoutGapOrRepeatOnAnotherServer()
    {
        var id = await api.OrderAsync();
        var whole = await ReadAsync(id, "0");
        foreach (var seen in new[] { 1, whole.Count / 2, whole.Count - 1 })
        {
            var rest = await ReadAsync(id, $"{whole[seen - 1].Id}", api.Second);
            Assert.Equal(whole.Skip(seen), rest);
        }

        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(api.Second, $"/api/v2/videos/{id}/events"));
        request.Headers.Add("Last-Event-ID", $"{whole[^1].Id}");
        Assert.Equal(HttpStatusCode.NoContent, (await api.Client.SendAsync(request)).StatusCode);
    }

    [Fact]
    public async Task Events_WithoutAnId_BeginWithHowTheFilmStandsAndComeLive()
    {
        using var gate = new Gate(job => job.Work is JobWork.Assemble);
        api.Hand.Before = gate.PassAsync;
        var id = await api.OrderAsync();
        gate.HoldOnly(new ProjectId(id));
        await api.Client.UntilAsync(id, v => v.GetProperty("progress").GetDouble() > 0.5);
        using var response = await OpenAsync(id, null, null);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType!.MediaType);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
        var first = await NextAsync(reader);
        Assert.Equal("snapshot", first!.Type);
        Assert.InRange(first.Progress, 0.1, 0.999);
        gate.Open();
        var last = first;
        while (await NextAsync(reader) is { } next)
        {
            Assert.True(next.Id > last.Id);
            last = next;
        }

        Assert.Equal("succeeded", last.Type);
    }

    [Fact]
    public async Task Events_AfterAnOddId_AreRefused()
    {
        var id = await api.OrderAsync();
        using var response = await OpenAsync(id, "abc", null);
        await response.ProblemAsync(HttpStatusCode.BadRequest);
    }

    private async Task<List<Seen>> ReadAsync(string id, string? last, Uri? server = null)
    {
        using var response = await OpenAsync(id, last, server);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
        var events = new List<Seen>();
        while (await NextAsync(reader) is { } next)
        {
            events.Add(next);
        }

        return events;
    }

    private async Task<HttpResponseMessage> OpenAsync(string id, string? last, Uri? server)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(server ?? api.Client.BaseAddress!, $"/api/v2/videos/{id}/events"));
        if (last is not null)
        {
            request.Headers.Add("Last-Event-ID", last);
        }

        return await api.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    private static async Task<Seen?> NextAsync(StreamReader reader)
    {
        long id = 0;
        var type = "";
        while (await reader.ReadLineAsync().WaitAsync(TestFarm.Patience) is { } line)
        {
            if (line.StartsWith("id: ", StringComparison.Ordinal))
            {
                id = long.Parse(line[4..]);
            }
            else if (line.StartsWith("event: ", StringComparison.Ordinal))
            {
                type = line[7..];
            }
            else if (line.StartsWith("data: ", StringComparison.Ordinal))
            {
                using var data = JsonDocument.Parse(line[6..]);
                Assert.Equal(id, data.RootElement.GetProperty("id").GetInt64());
                return new Seen(id, type, data.RootElement.GetProperty("progress").GetDouble(), data.RootElement.GetRawText());
            }
        }

        return null;
    }

    private sealed record Seen(long Id, string Type, double Progress, string Raw);
}
