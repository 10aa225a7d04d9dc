namespace Url2Video.Farm.Core.Settings;

/// <summary>How long a farm keeps what no film needs.</summary>
/// <param name="KeepDays">Logs of attempts whose film has ended, and results that may be used again.</param>
/// <param name="KeepCostDays">What was spent on films: until the year's accounts are made.</param>
public sealed record Retention(int KeepDays = Limits.KeepDaysDefault, int KeepCostDays = Limits.KeepCostDaysDefault)
{
    public static readonly Retention Default = new();
}
