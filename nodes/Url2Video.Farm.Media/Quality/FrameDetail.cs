using System.Collections.Immutable;

namespace Url2Video.Farm.Media.Quality;

/// <summary>What is measured of some frames only, because it costs more. Whole numbers, the same on every machine.</summary>
/// <param name="Spatial">SI of ITU-T P.910 on every sixteenth row, hundredths.</param>
/// <param name="Step">Mean difference of neighbouring pixels, thousandths of a code.</param>
/// <param name="Ratio">How much more pixels differ that are four apart, thousandths; 0 in a frame of one colour.</param>
/// <param name="Block">Steps on the grid of eight against all others, thousandths.</param>
/// <param name="Band">Pixels in staircases, thousandths.</param>
/// <param name="Low">Pixels of at most 18, thousandths.</param>
/// <param name="High">Pixels of at least 233, thousandths.</param>
/// <param name="Colours">Pixels in each colour that was asked for, thousandths, rounded up.</param>
public sealed record FrameDetail(int Spatial, int Step, int Ratio, int Block, int Band, int Low, int High, ImmutableArray<int> Colours);
