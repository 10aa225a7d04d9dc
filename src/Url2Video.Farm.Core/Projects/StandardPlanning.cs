using System.Collections.Immutable;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Errors;
using Url2Video.Farm.Core.Planning;

namespace Url2Video.Farm.Core.Projects;

/// <summary>The planner and the keys of the product.</summary>
public sealed class StandardPlanning : IPlanning
{
    public static readonly StandardPlanning Instance = new();

    public Outcome<FilmPlan> Plan(StoryboardFacts facts, ImmutableArray<SceneSpeech?> speeches, ProjectRequest request) =>
        FilmPlanner.Plan(facts, speeches, request.Ladder, request.Formats, request.Encoding ?? EncodingWishes.Customary);

    public JobKey KeyOf(JobWork work, StoryboardFacts? facts) => JobKeys.Of(work, facts);
}
