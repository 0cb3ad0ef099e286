namespace Cortex.Experiments.Config;

/// <summary>Why a file cannot be used, in words for users.</summary>
internal static class FileFault
{
    public static string Of(Exception fault) => fault switch
    {
        FileNotFoundException or DirectoryNotFoundException => "there is no such file",
        UnauthorizedAccessException => "access is not permitted",
        _ => fault.Message.ReplaceLineEndings(" ").TrimEnd('.'),
    };
}
