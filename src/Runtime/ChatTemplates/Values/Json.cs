using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Json;

namespace Cortex.Runtime.ChatTemplates;

/// <summary>JSON to values of templates and back, as Python's <c>json</c> reads and writes it.</summary>
internal static class Json
{
    /// <summary>A value of JSON. Numbers without fraction and exponent are integers, however long; of equal names the last holds.</summary>
    /// <exception cref="TemplateFault">A string holds half a surrogate pair, which is no text.</exception>
    public static object? Read(JsonElement element)
    {
        try
        {
            return ReadValue(element);
        }
        catch (InvalidOperationException)
        {
            throw new TemplateFault("a string of the messages, tools or settings holds half a surrogate pair; allowed: Unicode text");
        }
    }

    private static object? ReadValue(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                Mapping map = [];
                foreach (JsonProperty member in element.EnumerateObject())
                {
                    map[member.Name] = ReadValue(member.Value);
                }
                return map;
            case JsonValueKind.Array:
                return element.EnumerateArray().Select(ReadValue).ToList();
            case JsonValueKind.String:
                return element.GetString();
            case JsonValueKind.Number:
                string raw = element.GetRawText();
                return raw.AsSpan().ContainsAny(".eE") ? element.GetDouble() : Numbers.Normal(BigInteger.Parse(raw, CultureInfo.InvariantCulture));
            case JsonValueKind.True or JsonValueKind.False:
                return element.GetBoolean();
            default:
                return null;
        }
    }

    /// <summary>As <c>json.dumps</c>.</summary>
    /// <param name="indent">Spaces a level; null for one line.</param>
    public static string Write(object? value, bool ascii, int? indent, string itemSeparator, string keySeparator, bool sorted)
    {
        StringBuilder json = new();
        new Writer(json, ascii, indent, itemSeparator, keySeparator, sorted).Write(value, 0);
        return json.ToString();
    }

    private sealed class Writer(StringBuilder json, bool ascii, int? indent, string itemSeparator, string keySeparator, bool sorted)
    {
        public void Write(object? value, int depth)
        {
            switch (value)
            {
                case null:
                    json.Append("null");
                    break;
                case bool flag:
                    json.Append(flag ? "true" : "false");
                    break;
                case double number when !double.IsFinite(number):
                    json.Append(double.IsNaN(number) ? "NaN" : number > 0 ? "Infinity" : "-Infinity");
                    break;
                case long or BigInteger or double:
                    json.Append(PythonText.Repr(value));
                    break;
                case string text:
                    WriteString(text);
                    break;
                case Mapping map:
                    IEnumerable<KeyValuePair<object, object?>> members = sorted ? map.OrderBy(member => member.Key as string, StringComparer.Ordinal) : map;
                    WriteAll('{', '}', [.. members], depth, member =>
                    {
                        WriteString(KeyOf(member.Key));
                        json.Append(keySeparator);
                        Write(member.Value, depth + 1);
                    });
                    break;
                case IReadOnlyList<object?> list:
                    WriteAll('[', ']', list, depth, item => Write(item, depth + 1));
                    break;
                default:
                    throw new TemplateFault($"Object of type {PythonType.NameOf(value)} is not JSON serializable");
            }
        }

        private void WriteAll<T>(char open, char close, IReadOnlyList<T> items, int depth, Action<T> write)
        {
            json.Append(open);
            for (int i = 0; i < items.Count; i++)
            {
                json.Append(i > 0 ? itemSeparator : "");
                NewLine(depth + 1);
                write(items[i]);
            }
            if (items.Count > 0)
            {
                NewLine(depth);
            }
            json.Append(close);
        }

        private void NewLine(int depth)
        {
            if (indent is { } spaces)
            {
                json.Append('\n').Append(' ', spaces * depth);
            }
        }

        private static string KeyOf(object key) => key switch
        {
            string text => text,
            bool flag => flag ? "true" : "false",
            long or double => PythonText.Repr(key),
            _ => throw new TemplateFault($"keys must be str, int, float, bool or None, not {PythonType.NameOf(key)}"),
        };

        private void WriteString(string text)
        {
            json.Append('"');
            foreach (char c in text)
            {
                switch (c)
                {
                    case '"' or '\\':
                        json.Append('\\').Append(c);
                        break;
                    case '\n':
                        json.Append("\\n");
                        break;
                    case '\r':
                        json.Append("\\r");
                        break;
                    case '\t':
                        json.Append("\\t");
                        break;
                    case '\f':
                        json.Append("\\f");
                        break;
                    case '\b':
                        json.Append("\\b");
                        break;
                    default:
                        if (c < ' ' || (ascii && c > '~'))
                        {
                            json.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
                        }
                        else
                        {
                            json.Append(c);
                        }
                        break;
                }
            }
            json.Append('"');
        }
    }
}
