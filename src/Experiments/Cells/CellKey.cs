using System.Security.Cryptography;
using System.Text;

namespace Cortex.Experiments.Cells;

/// <summary>The content address of a cell: 64 hexadecimal digits that change with anything that may change its numbers.</summary>
public static class CellKey
{
    /// <param name="traceSha256">Of the trace's bytes, see <see cref="TraceHashes"/>.</param>
    /// <param name="program">Version and hash of the program, see <see cref="BuildIdentity"/>.</param>
    public static string Of(ResolvedCell cell, string traceSha256, string program)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{program}\n{traceSha256}\n"));
        hash.AppendData(CellJson.Bytes(cell));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
