using Url2Video.Farm.Core.Orders;

namespace Url2Video.Farm.Cli.Options;

/// <summary>What the user typed after <c>render</c>, not yet judged.</summary>
internal sealed record RenderArguments(string Source, string Out, bool AllowPrivate, OrderWishes Wishes);
