using System.Collections.Immutable;
using Url2Video.Farm.Api.Health;
using Url2Video.Farm.Api.Keys;
using Url2Video.Farm.Api.OpenApi;
using Url2Video.Farm.Api.Playback;
using Url2Video.Farm.Api.Videos;
using Url2Video.Farm.Api.Webhooks;

namespace Url2Video.Farm.Api.Hosting;

/// <summary>What every server serves.</summary>
internal static class ApiModules
{
    public static ImmutableArray<IApiModule> Standard =>
    [
        new OpenApiModule(), new HealthModule(), new KeysModule(), new VideosModule(), new UploadsModule(), new EventsModule(), new PlaybackModule(), new WebhooksModule(),
    ];
}
