using System.Collections.Immutable;
using Url2Video.Farm.Core.Contracts;
using Url2Video.Farm.Core.Errors;
using Url2Video.Farm.Core.Planning;

namespace Url2Video.Farm.Core.Projects;

/// <summary>The pure arithmetic a project leans on: time and layout of the film, and what a job's result depends on.</summary>
public interface IPlanning
{
    /// <param name="speeches">By scene; null for a silent scene.</param>
    /// <param name="request">Says which heights, formats and codecs are wanted.</param>
    Outcome<FilmPlan> Plan(StoryboardFacts facts, ImmutableArray<SceneSpeech?> speeches, ProjectRequest request);

    /// <param name="facts">Null before there is a storyboard (ingest, write).</param>
    JobKey KeyOf(JobWork work, StoryboardFacts? facts);
}
