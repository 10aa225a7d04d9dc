using System.Collections.Immutable;

namespace Url2Video.Farm.EndToEnd.Tests.Players;

/// <summary>What a player showed of some moments of a film.</summary>
/// <param name="Requests">Pictures that were fetched, or cues that were read.</param>
/// <param name="Failures">Addresses that the server answered with an error.</param>
public sealed record TrickReport(string Version, ImmutableArray<string> Errors, ImmutableArray<TrickLook> Looks, int Requests, ImmutableArray<string> Failures);

/// <param name="Time">Asked for.</param>
/// <param name="MediaTime">Of the picture that was shown.</param>
/// <param name="Grey">64 by 36 values.</param>
public sealed record TrickLook(double Time, double MediaTime, ImmutableArray<int> Grey);
