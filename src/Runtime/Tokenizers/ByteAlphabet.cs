using System.Text;

namespace Cortex.Runtime.Tokenizers;

/// <summary>
/// The alphabet in which byte-level vocabularies are written: each byte has one printable character, so that tokens can stand in a text
/// file. Bytes that are printable in Latin-1 stand for themselves, the others are numbered from U+0100 (GPT-2, Radford et al. 2019).
/// </summary>
internal static class ByteAlphabet
{
    private static readonly char[] ToChar = Build();
    private static readonly short[] ToByte = Invert(ToChar);

    /// <summary>The character of a byte.</summary>
    public static char CharOf(byte value) => ToChar[value];

    /// <summary>
    /// The bytes of a token: of its characters in this alphabet or, if any character is outside of it, of the whole token in UTF-8. The
    /// second is how tokens that were never made of bytes (<c>&lt;｜begin｜&gt;</c>) come through.
    /// </summary>
    public static byte[] BytesOf(string token)
    {
        byte[] bytes = new byte[token.Length];
        for (int i = 0; i < token.Length; i++)
        {
            char c = token[i];
            if (c >= ToByte.Length || ToByte[c] < 0)
            {
                return Encoding.UTF8.GetBytes(token);
            }
            bytes[i] = (byte)ToByte[c];
        }
        return bytes;
    }

    private static char[] Build()
    {
        char[] map = new char[256];
        int next = 0x100;
        for (int b = 0; b < map.Length; b++)
        {
            bool printable = b is >= '!' and <= '~' or >= 0xA1 and <= 0xAC or >= 0xAE;
            map[b] = (char)(printable ? b : next++);
        }
        return map;
    }

    private static short[] Invert(char[] map)
    {
        short[] inverse = new short[map.Max() + 1];
        Array.Fill(inverse, (short)-1);
        for (int b = 0; b < map.Length; b++)
        {
            inverse[map[b]] = (short)b;
        }
        return inverse;
    }
}
