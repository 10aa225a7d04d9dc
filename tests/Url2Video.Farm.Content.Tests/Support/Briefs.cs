using Url2Video.Farm.Core;
using Url2Video.Farm.Core.Contracts;

namespace Url2Video.Farm.Content.Tests.Support;

internal static class Briefs
{
    public static Brief Plain { get; } = new(1920, 1080, new Rational(30, 1), null, null, null, -140, true, CaptionPlacement.Both, 1);
}
