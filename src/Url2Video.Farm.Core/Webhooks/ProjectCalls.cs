using System.Globalization;
using System.Text;
using System.Text.Json;
using Url2Video.Farm.Core.Projects;

namespace Url2Video.Farm.Core.Webhooks;

/// <summary>What a project owes the address that its order named. Pure, and the same after every recovery: so it can be asked for again.</summary>
public static class ProjectCalls
{
    /// <returns>Null while the project goes on, and for an order without an address.</returns>
    public static WebhookCall? Of(ProjectState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        if (!state.IsEnded || state.Request is not { CallbackUrl.Length: > 0 } request)
        {
            return null;
        }

        var (word, status) = state switch
        {
            { Status: ProjectStatus.Failed } => ("failed", "failed"),
            { Status: ProjectStatus.Cancelled } => ("canceled", "canceled"),
            _ => ("completed", "succeeded"),
        };

        // A retry begins a new term, so that its end is another call.
        var id = string.Create(CultureInfo.InvariantCulture, $"msg_{state.Id.Value}_{state.Term}_{word}");
        var type = "video." + word;
        return new WebhookCall(id, request.CallbackUrl, request.Tenant, type, Body(state, type, status));
    }

    private static string Body(ProjectState state, string type, string status)
    {
        using var text = new MemoryStream();
        using (var json = new Utf8JsonWriter(text))
        {
            json.WriteStartObject();
            json.WriteString("type", type);
            json.WriteString("timestamp", state.EndedAt ?? state.SubmittedAt);
            json.WriteStartObject("data");
            json.WriteString("id", state.Id.Value);
            json.WriteString("status", status);
            json.WriteString("title", state.Facts?.Title);
            if (state.Error is { } error)
            {
                json.WriteStartObject("error");
                json.WriteString("code", error.Code);
                json.WriteString("message", error.Message);
                json.WriteString("hint", error.WayOut);
                json.WriteEndObject();
            }

            json.WritePropertyName("metadata");
            json.WriteRawValue(state.Request!.Metadata is { Length: > 0 } metadata ? metadata : "{}"); // The order's reader wrote it.
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(text.ToArray());
    }
}
