using System.Text.Json;

namespace Cortex.Experiments.Config;

/// <summary>Why a file cannot be used, in words for users.</summary>
internal static class FileFault
{
    public static string Of(Exception fault) => fault switch
    {
        FileNotFoundException or DirectoryNotFoundException => "there is no such file",
        UnauthorizedAccessException => "access is not permitted",
        JsonException json => $"no valid JSON at line {json.LineNumber + 1}, byte {json.BytePositionInLine + 1}",
        KeyNotFoundException => "a key is missing",
        InvalidOperationException or FormatException or IndexOutOfRangeException => "a value is not of the kind that belongs there",
        // The system's own words, without the full path of a temporary file that they end in.
        _ => fault.Message.ReplaceLineEndings(" ").Split(" : '")[0].TrimEnd('.'),
    };
}
