using System.Collections.Immutable;
using System.Text.Json;
using Url2Video.Farm.Cli.Pbm.Views;
using Url2Video.Farm.Core.Errors;

namespace Url2Video.Farm.Cli.Pbm.Verbs;

/// <summary>One verb of the console, told as data: what it is called, what it asks the farm, how the answer is shown.</summary>
/// <param name="Method">Anything but GET changes something and takes --dry-run and --reason unless it says otherwise.</param>
/// <param name="Route">Of <see cref="Api.Farm.FarmRoutes"/>; its placeholders are filled by arguments of the same name.</param>
internal sealed record Verb(string Name, string Help, HttpMethod Method, string Route, View View)
{
    public ImmutableArray<VerbInput> Arguments { get; init; } = [];

    /// <summary>Go into the query of a read, into the body of a change.</summary>
    public ImmutableArray<VerbInput> Options { get; init; } = [];

    /// <summary>Server-sent events instead of an answer; tells a line of each.</summary>
    public Func<string, JsonElement, string>? Line { get; init; }

    /// <summary>What --wait waits for; null: the effect is there with the answer.</summary>
    public VerbWait? Wait { get; init; }

    /// <summary>What the verb itself says in the body; null for nothing.</summary>
    public (string Name, object Value)? Fixed { get; init; }

    /// <summary>Whether a change can be tried without being made.</summary>
    public bool HasDryRun { get; init; } = Method != HttpMethod.Get;

    public bool HasReason { get; init; } = Method != HttpMethod.Get;

    public static Verb Get(string name, string help, string route, View view) => new(name, help, HttpMethod.Get, route, view);

    public static Verb Post(string name, string help, string route) => new(name, help, HttpMethod.Post, route, new View.Effects());

    public static Verb Put(string name, string help, string route) => new(name, help, HttpMethod.Put, route, new View.Effects());

    public static Verb Tail(string name, string help, string route, Func<string, JsonElement, string> line) =>
        new(name, help, HttpMethod.Get, route, new View.Facts()) { Line = line };

    public Verb With(params ImmutableArray<VerbInput> arguments) => this with { Arguments = arguments };

    public Verb And(params ImmutableArray<VerbInput> options) => this with { Options = options };
}

internal enum InputKind
{
    Text,
    Whole,
    Flag,

    /// <summary>Words with commas between them.</summary>
    Words,
}

/// <param name="Name">As in the route, the query or the body; an option is typed with dashes: <c>--gpu-only</c> for <c>gpu_only</c>.</param>
/// <param name="Choices">What is allowed; empty: anything, the server judges.</param>
internal sealed record VerbInput(string Name, string Help, InputKind Kind = InputKind.Text, bool IsRequired = true)
{
    public ImmutableArray<string> Choices { get; init; } = [];

    /// <summary>A list route whose rows complete the value, and the property of the row.</summary>
    public (string Route, string Property)? Known { get; init; }

    public string OptionName => "--" + Name.Replace('_', '-');
}

/// <param name="Route">Asked again and again, placeholders as in the verb's own route.</param>
/// <param name="IsDone">Whether the effect is visible in the answer, given what the verb was told.</param>
/// <param name="What">What is waited for, in words.</param>
internal sealed record VerbWait(string Route, string What, Func<JsonElement, IReadOnlyDictionary<string, object>, bool> IsDone)
{
    /// <summary>Judges an answer in which the thing will never come; null when it may still.</summary>
    public Func<JsonElement, FarmError?>? Hopeless { get; init; }
}
