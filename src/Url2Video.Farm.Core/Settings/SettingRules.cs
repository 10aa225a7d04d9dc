using Url2Video.Farm.Core.Dispatch;
using Url2Video.Farm.Core.Errors;

namespace Url2Video.Farm.Core.Settings;

/// <summary>What may be set. Pure.</summary>
public static class SettingRules
{
    /// <summary>Letters, digits, <c>- _ .</c>; 1..<see cref="Limits.SettingNameCharsMax"/>. It becomes part of a journal's name.</summary>
    public static bool IsName(string? name) =>
        name is { Length: > 0 and <= Limits.SettingNameCharsMax } && name.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.');

    /// <returns>Null when it is fine.</returns>
    public static FarmError? Problem(string name, int? max) =>
        !IsName(name) ? BadName(name)
        : max is < 0 or > Limits.LimitMax ? new(ErrorCodes.InvalidArgument, $"{max} is no limit.", $"Give 0 to {Limits.LimitMax}, or none to remove it.")
        : null;

    /// <inheritdoc cref="Problem(string, int?)"/>
    public static FarmError? Problem(string tenant, TenantSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return !IsName(tenant) ? BadName(tenant)
            : settings.Weight is < 1 or > Limits.ProjectWeightMax
                ? new(ErrorCodes.InvalidArgument, $"{settings.Weight} is no weight.", $"Give 1 to {Limits.ProjectWeightMax}.")
            : settings.RunningMax is < 0 || settings.ProjectRunningMax is < 0
                ? new(ErrorCodes.InvalidArgument, "A cap cannot be negative.", "Give 0 or more, or none for no cap.")
            : null;
    }

    private static FarmError BadName(string? name) => new(
        ErrorCodes.InvalidArgument,
        $"'{new string((name ?? "").Where(c => !char.IsControl(c)).Take(Limits.SettingNameCharsMax).ToArray())}' is no name of a limit or tenant.",
        $"Use 1 to {Limits.SettingNameCharsMax} letters, digits, '-', '_' and '.'.");
}
