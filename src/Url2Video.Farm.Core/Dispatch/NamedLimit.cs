namespace Url2Video.Farm.Core.Dispatch;

/// <summary>One named counter. It counts what may be running, never less: a hold leaves it only when the work is known to be over.</summary>
internal sealed class NamedLimit(string name)
{
    public string Name { get; } = name;

    /// <summary>False until its settings came.</summary>
    public bool IsKnown { get; set; }

    /// <summary>Null: there is no such limit.</summary>
    public int? Max { get; set; }

    public int Used { get; set; }

    public DateTimeOffset CoolUntil { get; set; }

    public DateTimeOffset AskAt { get; set; }

    /// <summary>The classes whose jobs take one.</summary>
    public List<CapabilityClass> Classes { get; } = [];

    public int RoomAt(DateTimeOffset now) => IsKnown && Max is { } max && now >= CoolUntil ? Math.Max(0, max - Used) : 0;
}
