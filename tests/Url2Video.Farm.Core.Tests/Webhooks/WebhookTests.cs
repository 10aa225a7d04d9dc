using System.Text;
using System.Text.Json;
using Url2Video.Farm.Core.Errors;
using Url2Video.Farm.Core.Projects;
using Url2Video.Farm.Core.Tests.Simulation;
using Url2Video.Farm.Core.Webhooks;

namespace Url2Video.Farm.Core.Tests.Webhooks;

public sealed class WebhookTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);
    private static readonly WebhookCall Call = new("msg_1", "https://example.test/hook", "", "video.completed", "{}");

    [Fact]
    public void Signature_IsThatOfTheStandard()
    {
        // The vector of the Standard Webhooks libraries.
        var secret = Convert.FromBase64String("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");

        var signature = WebhookSignature.Of(secret, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330, """{"test": 2432232314}""");

        Assert.Equal("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", signature);
        Assert.Equal("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", WebhookSignature.Text(secret));
    }

    [Fact]
    public void Schedule_IsTenTries_AndThenItIsGivenUp()
    {
        var (state, now) = (Wanted(), Start);
        var waited = new List<TimeSpan>();
        while (WebhookLogic.Next(state) is { NextAt: { } at })
        {
            waited.Add(at - now);
            now = at;
            state = Answer(state, new WebhookAnswer(null, "ERR_NETWORK", 3), now, jitter: 0);
        }

        Assert.Equal(WebhookLogic.Delays, waited);
        Assert.Equal(["00:00:00", "00:00:05", "00:05:00", "00:30:00", "02:00:00", "05:00:00", "10:00:00", "14:00:00", "20:00:00", "1.00:00:00"], waited.Select(w => w.ToString()));
        Assert.Equal((WebhookStanding.GivenUp, 10), (state.Deliveries[0].Standing, state.Deliveries[0].Tries.Length));
    }

    [Theory]
    [InlineData(200, WebhookStanding.Delivered)]
    [InlineData(204, WebhookStanding.Delivered)]
    [InlineData(301, WebhookStanding.Pending)]
    [InlineData(404, WebhookStanding.Pending)]
    [InlineData(410, WebhookStanding.Gone)]
    [InlineData(503, WebhookStanding.Pending)]
    public void Answer_DecidesWhetherItIsOver(int status, WebhookStanding expected)
    {
        var state = Answer(Wanted(), new WebhookAnswer(status, null, 3), Start, jitter: 0.5);

        Assert.Equal(expected, state.Deliveries[0].Standing);
        Assert.Equal(expected == WebhookStanding.Pending ? Start.AddSeconds(5 * 1.1) : null, state.Deliveries[0].NextAt);
    }

    [Fact]
    public void Want_OfAKnownCall_IsNoSecondCall()
    {
        Assert.Null(WebhookLogic.Want(Wanted(), Call, Start));
        Assert.Null(WebhookLogic.Answered(WebhookState.Empty, Call.Id, new WebhookAnswer(200, null, 1), Start, 0));
        var told = Answer(Wanted(), new WebhookAnswer(200, null, 1), Start, 0);
        Assert.Null(WebhookLogic.Answered(told, Call.Id, new WebhookAnswer(500, null, 1), Start, 0));
    }

    [Fact]
    public void Calls_OfOneProject_AreBounded()
    {
        var state = Enumerable.Range(0, Limits.WebhookCallsPerProjectMax + 3)
            .Aggregate(WebhookState.Empty, (s, i) => WebhookLogic.Apply(s, WebhookLogic.Want(s, Call with { Id = $"msg_{i}" }, Start.AddSeconds(i))!));

        Assert.Equal((Limits.WebhookCallsPerProjectMax, "msg_3"), (state.Deliveries.Length, state.Deliveries[0].Call.Id));
    }

    [Fact]
    public void Project_OwesACall_WhenItHasEndedAndNotBefore()
    {
        var id = new ProjectId("prj_01JCY0000000000000000000AA");
        var request = SimFilm.Request(scenes: 2, chunks: 2, direct: true) with
        {
            CallbackUrl = "https://example.test/hook", Tenant = "studio", Metadata = """{"order":"7"}""",
        };
        var working = new ProjectState(id).Apply(new ProjectEvent.Submitted(request, Start));
        var failed = working.Apply(new ProjectEvent.Failed(new FarmError(ErrorCodes.JobDead, "It \"died\".", "Retry."), Start.AddMinutes(1)));
        var silent = new ProjectState(id).Apply(new ProjectEvent.Submitted(request with { CallbackUrl = "" }, Start)).Apply(new ProjectEvent.Cancelled("no", Start));

        Assert.Null(ProjectCalls.Of(working));
        Assert.Null(ProjectCalls.Of(silent));
        var call = ProjectCalls.Of(failed)!;
        Assert.Equal(call, ProjectCalls.Of(failed));
        Assert.Equal(("video.failed", "studio", "https://example.test/hook"), (call.Type, call.Tenant, call.Url));
        Assert.DoesNotContain('.', call.Id);
        using var body = JsonDocument.Parse(Encoding.UTF8.GetBytes(call.Body));
        var data = body.RootElement.GetProperty("data");
        Assert.Equal((id.Value, "failed", "7"), (data.GetProperty("id").GetString(), data.GetProperty("status").GetString(), data.GetProperty("metadata").GetProperty("order").GetString()));
        Assert.Equal((ErrorCodes.JobDead, "It \"died\"."), (data.GetProperty("error").GetProperty("code").GetString(), data.GetProperty("error").GetProperty("message").GetString()));
    }

    private static WebhookState Wanted() => WebhookLogic.Apply(WebhookState.Empty, WebhookLogic.Want(WebhookState.Empty, Call, Start)!);

    private static WebhookState Answer(WebhookState state, WebhookAnswer answer, DateTimeOffset now, double jitter) =>
        WebhookLogic.Apply(state, WebhookLogic.Answered(state, Call.Id, answer, now, jitter)!);
}
