using Url2Video.Farm.Core.Errors;
using Url2Video.Farm.Core.Orders;

namespace Url2Video.Farm.Cli.Options;

/// <summary>Judges what the user typed by the rules that the API has too, and speaks of options.</summary>
internal static class OrderBuilder
{
    /// <exception cref="FarmException">ERR_INVALID_ARGUMENT for the first option that is wrong.</exception>
    public static FilmOrder Build(RenderArguments arguments)
    {
        var (order, faults) = OrderRules.Judge(arguments.Wishes);
        return order ?? throw new FarmException(faults[0].As("--" + faults[0].Field));
    }
}
