using System.Globalization;
using System.Text;
using System.Text.Json;
using Cortex.Policies;

namespace Cortex.Workloads;

/// <summary>
/// Walks through one line of JSON and turns each surprise into a <see cref="TraceException"/>. Values are read where the cursor stands: at
/// a key (the value behind it is read) or at an element of a list.
/// </summary>
/// <param name="file">The file as the user named it.</param>
/// <param name="line">Its line, from 1.</param>
/// <param name="text">The line's bytes.</param>
/// <param name="once">If given, a key that an object has twice is a fault.</param>
internal ref struct JsonCursor(string file, long line, ReadOnlySpan<byte> text, KeysOnce? once = null)
{
    private const int LongestQuote = 40;
    private const int LongestOnStack = 64;

    private readonly ReadOnlySpan<byte> whole = text;
    private Utf8JsonReader reader = new(text);

    /// <summary>Bytes in front of what the reader has been given last.</summary>
    private int origin;

    /// <summary>Bytes that no reader has seen.</summary>
    private int passed;

    /// <summary>The key at the cursor, if it had to be looked at.</summary>
    private string? key;

    /// <summary>Line of the file, from 1.</summary>
    public readonly long Line => line;

    /// <summary>Steps into an object; <paramref name="what"/> names it in a fault.</summary>
    public void BeginObject(string what)
    {
        Expect(JsonTokenType.StartObject, what, "an object { … }");
        once?.Begin(reader.CurrentDepth, what);
    }

    /// <summary>Steps into a list.</summary>
    public void BeginList(string what) => Expect(JsonTokenType.StartArray, what, "a list [ … ]");

    /// <summary>Steps to the next key of the object. False behind the last one.</summary>
    public bool NextKey()
    {
        bool found = Step() && reader.TokenType == JsonTokenType.PropertyName;
        if (found && once is not null)
        {
            int depth = reader.CurrentDepth - 1;
            key = Once(once, depth) ?? throw Fault($"key '{Quote(Text())}' stands twice in {once.What(depth)}", "each key once");
        }
        return found;
    }

    /// <summary>Steps to the next element of the list. False behind the last one.</summary>
    public bool NextElement() => Step() && reader.TokenType != JsonTokenType.EndArray;

    public readonly bool KeyIs(ReadOnlySpan<byte> name) => reader.ValueTextEquals(name);

    public readonly string Key() => key ?? Text();

    /// <summary>A whole number from <paramref name="least"/> to the largest int.</summary>
    public int ReadInt(string what, int least)
    {
        Enter();
        if (reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out int value) && value >= least)
        {
            return value;
        }
        throw Fault($"{what} is {Here()}", $"a whole number from {least} to {int.MaxValue}");
    }

    /// <summary>As <see cref="ReadInt"/>, null allowed.</summary>
    public int? ReadIntOrNull(string what, int least)
    {
        Enter();
        return reader.TokenType == JsonTokenType.Null ? null : ReadInt(what, least);
    }

    /// <summary>A whole number from <paramref name="least"/> to the largest of 64 bits.</summary>
    public long ReadLong(string what, long least)
    {
        Enter();
        if (reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out long value) && value >= least)
        {
            return value;
        }
        throw Fault($"{what} is {Here()}", $"a whole number from {least} to {long.MaxValue}");
    }

    /// <summary>A whole number of 64 bits without sign.</summary>
    public ulong ReadUnsigned(string what)
    {
        Enter();
        if (reader.TokenType == JsonTokenType.Number && reader.TryGetUInt64(out ulong value))
        {
            return value;
        }
        throw Fault($"{what} is {Here()}", $"a whole number from 0 to {ulong.MaxValue}");
    }

    /// <summary>
    /// Reads the list of ids at the cursor behind what is there. Lists of plain digits, the usual case and most of such files, are read by
    /// themselves; anything else goes the way of all values, with its faults.
    /// </summary>
    public void ReadIds(string list, string element, List<ulong> into)
    {
        BeginList(list);
        if (PassTo(IdList.Read(Rest, into)))
        {
            return;
        }
        while (NextElement())
        {
            into.Add(ReadUnsigned(element));
        }
    }

    /// <summary>What follows the token at the cursor, for who can read it faster.</summary>
    public readonly ReadOnlySpan<byte> Rest => whole[(origin + (int)reader.BytesConsumed)..];

    /// <summary>Steps to the token that stands at a place of <see cref="Rest"/>. False, and nothing done, if that is 0.</summary>
    public bool PassTo(int place)
    {
        if (place == 0)
        {
            return false;
        }
        origin += (int)reader.BytesConsumed + place;
        passed += place;
        reader = new(whole[origin..], isFinalBlock: true, reader.CurrentState);
        Step();
        return true;
    }

    /// <summary>A time of 0 or more in units of <paramref name="unitNs"/> nanoseconds, to nanoseconds, half to even.</summary>
    public long ReadTime(string what, long unitNs)
    {
        Enter();
        if (reader.TokenType == JsonTokenType.Number)
        {
            long? ns = PlainNumber.Nanoseconds(reader.ValueSpan, unitNs)
                ?? (reader.TryGetDecimal(out decimal value) ? TimeText.ToNs(value, unitNs) : null);
            if (ns is long time)
            {
                return time;
            }
        }
        throw Fault($"{what} is {Here()}", "a number of 0 or more, at most 292 years");
    }

    /// <summary>As <see cref="ReadTime"/>, null allowed.</summary>
    public long? ReadTimeOrNull(string what, long unitNs)
    {
        Enter();
        return reader.TokenType == JsonTokenType.Null ? null : ReadTime(what, unitNs);
    }

    public string ReadString(string what)
    {
        Enter();
        return reader.TokenType == JsonTokenType.String ? Text() : throw Fault($"{what} is {Here()}", "a text \"…\"");
    }

    /// <summary>A text, or null.</summary>
    public string? ReadStringOrNull(string what)
    {
        Enter();
        return reader.TokenType == JsonTokenType.Null ? null : ReadString(what);
    }

    /// <summary>A text, or null; the text before, if it is the same, so that equal ones are one object.</summary>
    public string? ReadStringOrNull(string what, string? before)
    {
        Enter();
        return before is not null && reader.TokenType == JsonTokenType.String && reader.ValueTextEquals(before) ? before : ReadStringOrNull(what);
    }

    /// <summary>A text, or the digits of a number, or <c>true</c> or <c>false</c>; null for null.</summary>
    public string? ReadScalar(string what)
    {
        Enter();
        return reader.TokenType switch
        {
            JsonTokenType.Null => null,
            JsonTokenType.String => Text(),
            JsonTokenType.Number or JsonTokenType.True or JsonTokenType.False => Encoding.UTF8.GetString(reader.ValueSpan),
            _ => throw Fault($"{what} is {Here()}", "a text, a number, true, false"),
        };
    }

    public bool ReadBool(string what) => ReadBoolOrNull(what) ?? throw Fault($"{what} is null", "true, false");

    /// <summary>True, false or null.</summary>
    public bool? ReadBoolOrNull(string what)
    {
        Enter();
        return reader.TokenType switch
        {
            JsonTokenType.True => true,
            JsonTokenType.False => false,
            JsonTokenType.Null => null,
            _ => throw Fault($"{what} is {Here()}", "true, false"),
        };
    }

    /// <summary>A number from <paramref name="least"/> to <paramref name="most"/>.</summary>
    public decimal ReadNumber(string what, decimal least, decimal most)
    {
        Enter();
        if (reader.TokenType == JsonTokenType.Number && reader.TryGetDecimal(out decimal value) && value >= least && value <= most)
        {
            return value;
        }
        throw Fault($"{what} is {Here()}", string.Create(CultureInfo.InvariantCulture, $"a number from {least} to {most}"));
    }

    /// <summary>The value at the cursor as it is.</summary>
    public JsonElement ReadAny()
    {
        Enter();
        return JsonElement.ParseValue(ref reader);
    }

    /// <summary>True if the value at the cursor is a text.</summary>
    public bool IsText()
    {
        Enter();
        return reader.TokenType == JsonTokenType.String;
    }

    /// <summary>True if the text at the cursor equals <paramref name="value"/>; spares making a string of it.</summary>
    public bool StringIs(string what, ReadOnlySpan<byte> value)
    {
        Enter();
        return reader.TokenType == JsonTokenType.String ? reader.ValueTextEquals(value) : throw Fault($"{what} is {Here()}", "a text \"…\"");
    }

    /// <summary>Passes over the value at the cursor.</summary>
    public void Skip()
    {
        Enter();
        reader.Skip();
    }

    /// <summary>Nothing may follow the value of a line.</summary>
    public void End()
    {
        if (Step())
        {
            throw Fault("more follows behind the object", "one object a line");
        }
    }

    public readonly TraceException Fault(string what, string allowed) => new(file, line, what, allowed);

    /// <summary>The fault of a key that the format does not have, with the nearest that it has.</summary>
    public readonly TraceException UnknownKey(string where, params string[] known)
    {
        string key = Key();
        return Fault($"unknown key '{key}' in {where}, the nearest is '{NearestName.Of(key, known)}'", string.Join(", ", known));
    }

    /// <summary>The key at the cursor; null if its object has had it before.</summary>
    private readonly string? Once(KeysOnce keys, int depth)
    {
        if (reader.ValueSpan.Length > LongestOnStack)
        {
            return keys.Add(depth, Text());
        }
        Span<char> text = stackalloc char[LongestOnStack];
        try
        {
            return keys.Add(depth, text[..reader.CopyString(text)]);
        }
        catch (InvalidOperationException)
        {
            throw NoText();
        }
    }

    private readonly TraceException NoText() => Fault("a text is no valid UTF-8 or has half a surrogate pair", "JSON in UTF-8");

    private readonly string Text()
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw NoText();
        }
    }

    private void Enter()
    {
        if (reader.TokenType is JsonTokenType.PropertyName or JsonTokenType.None)
        {
            Step();
        }
    }

    /// <summary>Faults of the text tell their place in the line, whatever was passed over.</summary>
    private bool Step()
    {
        try
        {
            return reader.Read();
        }
        catch (JsonException e) when (passed > 0)
        {
            throw new JsonException(e.Message, e.Path, e.LineNumber, e.BytePositionInLine + passed);
        }
    }

    private void Expect(JsonTokenType token, string what, string allowed)
    {
        Enter();
        if (reader.TokenType != token)
        {
            throw Fault($"{what} is {Here()}", allowed);
        }
    }

    private readonly string Here() => reader.TokenType switch
    {
        JsonTokenType.Number => Quote(Encoding.UTF8.GetString(reader.ValueSpan)),
        JsonTokenType.String => $"the text '{Quote(Encoding.UTF8.GetString(reader.ValueSpan))}'",
        JsonTokenType.True => "true",
        JsonTokenType.False => "false",
        JsonTokenType.Null => "null",
        JsonTokenType.StartObject => "an object",
        JsonTokenType.StartArray => "a list",
        _ => "missing",
    };

    private static string Quote(string value) =>
        value.Length <= LongestQuote ? value : string.Create(CultureInfo.InvariantCulture, $"{value.AsSpan(0, LongestQuote)}…");
}
