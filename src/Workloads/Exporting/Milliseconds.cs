using System.Text.Json;

namespace Cortex.Workloads;

/// <summary>Nanoseconds as milliseconds, exactly.</summary>
internal static class Milliseconds
{
    public static void Write(Utf8JsonWriter json, string name, long ns)
    {
        decimal ms = (decimal)ns / TimeText.Millisecond;
        json.WriteNumber(name, ms);
    }
}
