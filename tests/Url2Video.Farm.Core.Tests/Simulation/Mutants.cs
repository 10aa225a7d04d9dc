using System.Collections.Immutable;

namespace Url2Video.Farm.Core.Tests.Simulation;

/// <summary>Planted defects, each of the kind that somebody could really write. The simulator has to find every one.</summary>
internal static partial class Mutants
{
    public static readonly ImmutableSortedDictionary<string, Func<SimRules>> All = new Dictionary<string, Func<SimRules>>
    {
        ["fence dropped"] = () => new FenceDropped(),
        ["attempt not increased"] = () => new AttemptNotIncreased(),
        ["term not increased"] = () => new TermNotIncreased(),
        ["effects before commit"] = () => new EffectsBeforeCommit(),
        ["journal version not checked"] = () => new VersionUnchecked(),
        ["settled only once"] = () => new SettledOnce(),
        ["node acknowledged before the commit"] = () => new AckBeforeCommit(),
        ["losses counted as failures"] = () => new LossIsFailure(),
        ["resume forgets open jobs"] = () => new ForgetfulResume(),
        ["window ignored"] = () => new WindowIgnored(),
        ["published out of order"] = () => new PublishedOutOfOrder(),
        ["playlist before its files"] = () => new PlaylistFirst(),
        ["publisher born again names less"] = () => new PublisherForgetsThePast(),
        ["published before visible"] = () => new SaidTooEarly(),
        ["adoption without a look at the journal"] = () => new CarelessAdoption(),
        ["second assignment accepted"] = () => new SecondAssignment(),
        ["lease never expires"] = () => new EternalLease(),
        ["grant never given up"] = () => new EternalGrant(),
        ["offer said once"] = () => new OfferOnce(),
        ["finished job taken again"] = () => new FinishedAgain(),
        ["late report not answered"] = () => new LateReportUnanswered(),
        ["node takes more than its slots"] = () => new OverfullNode(),
        ["repeated grant worked again"] = () => new GrantWorkedTwice(),
        ["report sent once"] = () => new ReportOnce(),
        ["fatal error tried again"] = () => new FatalRetried(),
        ["second run's fence dropped"] = () => new TwinFenceDropped(),
        ["more than one second run"] = () => new ManyTwins(),
        ["loser of two runs not stopped"] = () => new LoserRunsOn(),
        ["stopped node believed"] = () => new StoppedIsBelieved(),
        ["preemption counted as a loss"] = () => new PreemptionIsLoss(),
        ["dispatcher grants before it knows"] = () => new NoLearning(),
        ["publisher's claim ignored"] = () => new ClaimIgnored(),
        ["lost result not noticed"] = () => new LossUnnoticed(),
        ["result made again under old attempts"] = () => new RoundNotRaised(),
        ["excused attempt counted as failure"] = () => new ExcuseIsFailure(),
        ["cancelled reserve begun"] = () => new CancelledReserveBegun(),
        ["reserve kept through a grant"] = () => new ReserveKeptThroughAGrant(),
        ["reserve of a grant's number"] = () => new ReserveOfAGrantsNumber(),
        ["reserve believed after it was taken back"] = () => new TakenBackReserveBelieved(),
        ["poison job goes on"] = () => new PoisonGoesOn(),
    }.ToImmutableSortedDictionary(StringComparer.Ordinal);
}
