using System.CommandLine;
using Url2Video.Farm.Cli.Options;
using Url2Video.Farm.Cli.Output;
using Url2Video.Farm.Cli.Pbm;
using Url2Video.Farm.Core.Errors;

namespace Url2Video.Farm.Cli.Commands;

/// <summary><c>pbm</c>, the operator's console: what is in the journal and in the store of an embedded farm. Reads only.</summary>
internal static class PbmCommand
{
    public static Command Create()
    {
        var id = new Argument<string>("project") { Description = "Project id (prj_...)." };
        return new Command("pbm", "The operator's console (also ./pbm).")
        {
            new Command("project", "Projects of the data folder.")
            {
                Verb("list", "Lists the projects, the newest first.", null, (data, _, reporter) => ProjectViews.List(data, reporter)),
                Verb("show", "Tells where a project stands, and why.", id, (data, project, reporter) => ProjectViews.Show(data, project!, reporter)),
            },
            new Command("actor", "The actor of a project.")
            {
                Verb("events", "Prints the journal of a project, event by event.", id, (data, project, reporter) => EventViews.Events(data, project!, reporter)),
            },
            new Command("deadletter", "Jobs that will not be tried again by themselves.")
            {
                Verb("list", "Lists dead jobs of all projects with their reason.", null, (data, _, reporter) => ProjectViews.DeadLetters(data, reporter)),
            },
            new Command("store", "The artifact store.")
            {
                Verb("check", "Reads every artifact and compares it with its name.", null, (data, _, reporter) => StoreViews.Check(data, reporter)),
            },
        };
    }

    private static Command Verb(string name, string description, Argument<string>? project, Func<string, string?, IReporter, ExitStatus> run)
    {
        var common = new CommonOptions();
        var command = new Command(name, description);
        if (project is not null)
        {
            command.Arguments.Add(project);
        }

        command.Options.Add(common.Data);
        command.Options.Add(common.Json);
        command.SetAction(async (parsed, _) =>
        {
            using var reporter = Reporter.Create(parsed.GetValue(common.Json));
            return (int)await Failing.GuardAsync(reporter, () =>
                Task.FromResult(run(common.DataDir(parsed), project is null ? null : parsed.GetValue(project), reporter))).ConfigureAwait(false);
        });
        return command;
    }
}
