using System.Collections.Immutable;
using System.Text.Json;

namespace Url2Video.Farm.Core.Storyboards.Reading;

/// <summary>
/// One JSON object read property by property. Every accessor names a property that is allowed; <see cref="Finish"/> then reports
/// all others. A wrong value is reported and replaced by the default, so that reading goes on.
/// </summary>
internal sealed class StrictObject
{
    private readonly Dictionary<string, JsonElement> _properties = new(StringComparer.Ordinal);
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);
    private readonly ReadErrors _errors;

    public StrictObject(JsonElement element, string pointer, ReadErrors errors)
    {
        (Pointer, _errors) = (pointer, errors);
        if (element.ValueKind != JsonValueKind.Object)
        {
            errors.Invalid(pointer, $"expected an object, found {StrictValue.NameOf(element)}.");
            return;
        }

        IsObject = true;
        foreach (var property in element.EnumerateObject())
        {
            if (StrictValue.TryName(property, out var name) && !_properties.TryAdd(name, property.Value))
            {
                errors.Invalid(PointerOf(name), "the property occurs twice.");
            }
        }
    }

    public string Pointer { get; }

    public bool IsObject { get; }

    /// <summary>RFC 6901: <c>~</c> and <c>/</c> inside a name are escaped.</summary>
    public string PointerOf(string name) =>
        $"{Pointer}/{name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}";

    public bool TryGet(string name, out JsonElement value)
    {
        _known.Add(name);
        return _properties.TryGetValue(name, out value) && value.ValueKind != JsonValueKind.Null;
    }

    /// <summary>As <see cref="TryGet"/>, and a missing property is an error.</summary>
    public bool TryRequire(string name, out JsonElement value)
    {
        if (TryGet(name, out value))
        {
            return true;
        }

        if (IsObject)
        {
            _errors.Invalid(PointerOf(name), "the property is missing.");
        }

        return false;
    }

    public string RequireText(string name, int charsMax) =>
        TryRequire(name, out var value) ? StrictValue.Text(value, PointerOf(name), 1, charsMax, _errors) ?? "?" : "?";

    public string? OptionalText(string name, int charsMin, int charsMax) =>
        TryGet(name, out var value) ? StrictValue.Text(value, PointerOf(name), charsMin, charsMax, _errors) : null;

    public long? OptionalInteger(string name, long min, long max) =>
        TryGet(name, out var value) ? StrictValue.Integer(value, PointerOf(name), min, max, _errors) : null;

    public long? IntegerAt(JsonElement value, string pointer, long min, long max) => StrictValue.Integer(value, pointer, min, max, _errors);

    public int Integer(string name, int min, int max, int otherwise) => (int)(OptionalInteger(name, min, max) ?? otherwise);

    public bool? Flag(string name, bool? otherwise)
    {
        if (!TryGet(name, out var value))
        {
            return otherwise;
        }

        if (value.ValueKind is JsonValueKind.True or JsonValueKind.False)
        {
            return value.GetBoolean();
        }

        _errors.Invalid(PointerOf(name), $"expected true or false, found {StrictValue.NameOf(value)}.");
        return otherwise;
    }

    public int RequireInteger(string name, int min, int max)
    {
        _ = TryRequire(name, out _);
        return Integer(name, min, max, min);
    }

    /// <summary>A number with few decimals as an exact integer: <c>0.25</c> at scale 10000 is 2500.</summary>
    public int Decimal(string name, int scale, int min, int max, int otherwise) =>
        TryGet(name, out var value) ? StrictValue.Decimal(value, PointerOf(name), scale, min, max, _errors) ?? otherwise : otherwise;

    public int? DecimalAt(JsonElement value, string pointer, int scale, int min, int max) =>
        StrictValue.Decimal(value, pointer, scale, min, max, _errors);

    /// <summary>One of the names of an enum, in camel case.</summary>
    public T Choice<T>(string name, T otherwise) where T : struct, Enum =>
        TryGet(name, out var value) ? StrictValue.Choice<T>(value, PointerOf(name), _errors) ?? otherwise : otherwise;

    public T RequireChoice<T>(string name) where T : struct, Enum
    {
        _ = TryRequire(name, out _);
        return Choice(name, default(T));
    }

    public Rgb Colour(string name, Rgb otherwise)
    {
        if (OptionalText(name, 1, 16) is not { } text)
        {
            return otherwise;
        }

        if (Rgb.TryParse(text, out var colour))
        {
            return colour;
        }

        _errors.Invalid(PointerOf(name), $"\"{text}\" is not a colour.", "Write #rrggbb, such as #1e90ff.");
        return otherwise;
    }

    /// <summary>The object under a name, or null when it is absent or JSON null.</summary>
    public T? Child<T>(string name, Func<StrictObject, T> read) where T : class
    {
        if (!TryGet(name, out var value))
        {
            return null;
        }

        var child = new StrictObject(value, PointerOf(name), _errors);
        var result = read(child);
        child.Finish();
        return child.IsObject ? result : null;
    }

    /// <summary>
    /// The array under a name; empty when absent. Reading stops at <paramref name="countMax"/> or when enough errors are known.
    /// </summary>
    public ImmutableArray<T> List<T>(string name, int countMin, int countMax, Func<JsonElement, string, T> read)
    {
        var pointer = PointerOf(name);
        if (!TryGet(name, out var value))
        {
            if (countMin > 0 && IsObject)
            {
                _errors.Invalid(pointer, "the property is missing.");
            }

            return [];
        }

        if (value.ValueKind != JsonValueKind.Array)
        {
            _errors.Invalid(pointer, $"expected a list, found {StrictValue.NameOf(value)}.");
            return [];
        }

        if (value.GetArrayLength() is var count && (count < countMin || count > countMax))
        {
            _errors.Invalid(pointer, $"the list has {count} entries; {countMin} to {countMax} are allowed.");
        }

        return [.. value.EnumerateArray().Take(countMax).TakeWhile(_ => !_errors.IsFull).Select((v, i) => read(v, $"{pointer}/{i}"))];
    }

    public ImmutableArray<string> Texts(string name, int countMin, int countMax, int charsMax) =>
        List(name, countMin, countMax, (v, p) => StrictValue.Text(v, p, 1, charsMax, _errors) ?? "?");

    public void Finish()
    {
        foreach (var name in _properties.Keys.Where(n => !_known.Contains(n)))
        {
            _errors.Unknown(PointerOf(name), name, _known);
        }
    }
}
