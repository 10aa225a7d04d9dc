using System.Globalization;
using System.Text.Json;
using Url2Video.Farm.Core.Webhooks;
using Url2Video.Farm.EndToEnd.Tests.Support;

namespace Url2Video.Farm.EndToEnd.Tests.Webhooks;

public sealed class WebhookTests
{
    [Fact]
    public async Task Call_ThatFails_IsMadeAgainUnderTheSameIdAndSigned()
    {
        using var folder = new TempFolder();
        await using var receiver = await Receiver.StartAsync(n => n == 1 ? 500 : 204);
        await using var farm = await HookFarm.StartAsync(folder.Path);
        var secret = Convert.FromBase64String((await farm.SecretAsync())[WebhookSignature.SecretPrefix.Length..]);

        var id = await farm.CancelOneAsync(receiver.Url);
        var calls = new[] { await receiver.NextAsync(), await receiver.NextAsync() };

        Assert.Equal((calls[0].Id, calls[0].Body), (calls[1].Id, calls[1].Body));
        foreach (var call in calls)
        {
            var seconds = long.Parse(call.Timestamp, CultureInfo.InvariantCulture);
            Assert.Equal(WebhookSignature.Of(secret, call.Id, seconds, call.Body), call.Signature);
        }

        using var body = JsonDocument.Parse(calls[0].Body);
        var data = body.RootElement.GetProperty("data");
        Assert.Equal("video.canceled", body.RootElement.GetProperty("type").GetString());
        Assert.Equal((id, "canceled", "7"), (data.GetProperty("id").GetString(), data.GetProperty("status").GetString(), data.GetProperty("metadata").GetProperty("order").GetString()));
        var delivery = await farm.DeliveryAsync(id, d => d.GetProperty("status").GetString() == "delivered");
        Assert.Equal([500, 204], delivery.GetProperty("tries").EnumerateArray().Select(t => t.GetProperty("answer").GetInt32()));
        Assert.Equal(calls[0].Id, delivery.GetProperty("id").GetString());
    }

    [Fact]
    public async Task Call_OfAServerThatEnds_IsMadeByTheNext()
    {
        using var folder = new TempFolder();
        var isUp = false;
        await using var receiver = await Receiver.StartAsync(_ => Volatile.Read(ref isUp) ? 200 : 503);
        string id;
        await using (var first = await HookFarm.StartAsync(folder.Path))
        {
            id = await first.CancelOneAsync(receiver.Url);
            await first.DeliveryAsync(id, d => d.GetProperty("tries").GetArrayLength() >= 1);
        }

        Volatile.Write(ref isUp, true);
        await using var second = await HookFarm.StartAsync(folder.Path);

        // Nobody asks for the film: the call is remembered by itself.
        var failed = await receiver.NextAsync();
        Assert.Equal(failed.Id, (await receiver.NextAsync()).Id);
        await second.DeliveryAsync(id, d => d.GetProperty("status").GetString() == "delivered");
    }

    [Fact]
    public async Task Answers_ThatEndOrMoveIt_AreObeyedAndNotFollowed()
    {
        using var folder = new TempFolder();
        await using var gone = await Receiver.StartAsync(_ => 410);
        await using var moved = await Receiver.StartAsync(_ => 302);
        await using var farm = await HookFarm.StartAsync(folder.Path);

        var (ofGone, ofMoved) = (await farm.CancelOneAsync(gone.Url), await farm.CancelOneAsync(moved.Url));

        var over = await farm.DeliveryAsync(ofGone, d => d.GetProperty("status").GetString() == "gone");
        Assert.False(over.TryGetProperty("next_try_at", out _));
        var waits = await farm.DeliveryAsync(ofMoved, d => d.GetProperty("tries").GetArrayLength() == 1);
        Assert.Equal(("pending", 1), (waits.GetProperty("status").GetString(), moved.Calls));
    }

    [Fact]
    public async Task Call_ToAPrivateAddress_IsRefusedWhereThatIsNotAllowed()
    {
        using var folder = new TempFolder();
        await using var receiver = await Receiver.StartAsync(_ => 200);
        await using var farm = await HookFarm.StartAsync(folder.Path, allowPrivate: false);

        var ofPort = await farm.CancelOneAsync(receiver.Url);
        var ofAddress = await farm.CancelOneAsync("http://169.254.169.254/latest/");

        foreach (var id in new[] { ofPort, ofAddress })
        {
            var tried = await farm.DeliveryAsync(id, d => d.GetProperty("tries").GetArrayLength() >= 1);
            Assert.StartsWith("ERR_ADDRESS_REFUSED", tried.GetProperty("tries")[0].GetProperty("error").GetString(), StringComparison.Ordinal);
        }

        Assert.Equal(0, receiver.Calls);
    }
}
