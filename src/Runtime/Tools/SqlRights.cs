using SQLitePCL;

namespace Cortex.Runtime.Tools;

/// <summary>What a connection may do, as SQLite's authorizer asks for it: all that is not named is denied.</summary>
internal static class SqlRights
{
    private const string LoadsLibraries = "load_extension";

    /// <summary>Asking.</summary>
    public static bool Read(int action, string? name) => action switch
    {
        raw.SQLITE_SELECT or raw.SQLITE_READ or raw.SQLITE_RECURSIVE => true,
        raw.SQLITE_FUNCTION => !string.Equals(name, LoadsLibraries, StringComparison.OrdinalIgnoreCase),
        _ => false,
    };

    /// <summary>Making a database: tables, indexes, views, rows.</summary>
    public static bool Build(int action, string? name) => Read(action, name) || action is
        raw.SQLITE_CREATE_TABLE or raw.SQLITE_CREATE_INDEX or raw.SQLITE_CREATE_VIEW or raw.SQLITE_INSERT or raw.SQLITE_UPDATE or raw.SQLITE_DELETE
        or raw.SQLITE_REINDEX or raw.SQLITE_TRANSACTION;
}
