using Cortex.Runtime.Models;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace Cortex.Models.Tests;

/// <summary>
/// Damaged files, in ways that FsCheck draws: a model loads and can be read to its last byte, or is refused with one line, and little memory is taken.
/// FsCheck prints its seed, and the least damage, if one breaks a reader.
/// </summary>
public sealed class MutationTests
{
    /// <summary>Far more than a header of these files needs, far less than a corrupt size asks for.</summary>
    private const long Memory = 16 << 20;

    private static readonly byte[] Telling = "0123456789-.eE+[]{}\",:\n\r \t\0\\ud800"u8.ToArray();

    [Fact]
    public void A_damaged_configuration_loads_or_is_refused()
    {
        using ModelFolder folder = SmallShapes.Folder("llama");
        Damaged(folder, "config.json", File.ReadAllBytes(Path.Combine(folder.Path, "config.json")).Length);
    }

    [Fact]
    public void A_damaged_index_of_shards_loads_or_is_refused()
    {
        using ModelFolder folder = SmallShapes.Folder("qwen2", shards: 2);
        Damaged(folder, "model.safetensors.index.json", int.MaxValue);
    }

    [Fact]
    public void A_damaged_safetensors_header_loads_or_is_refused()
    {
        using ModelFolder folder = SmallShapes.Folder("qwen3");
        Damaged(folder, "model.safetensors", 8 + (int)BitConverter.ToUInt64(File.ReadAllBytes(Path.Combine(folder.Path, "model.safetensors"))));
    }

    [Fact]
    public void A_damaged_head_of_a_GGUF_file_loads_or_is_refused()
    {
        using ModelFolder folder = new();
        byte[] keys = GgufModels.Keys("llama").ToArray();
        byte[] file = GgufModels.Of("llama", 2, (_, shape) => new byte[shape[0] * shape[1] / 32 * 18]).ToArray();
        folder.Write("model.gguf", file);
        Damaged(folder, "model.gguf", keys.Length + 20 * 80);
    }

    /// <param name="folder">A good model.</param>
    /// <param name="name">The file to damage.</param>
    /// <param name="head">Only so many bytes at its front are damaged.</param>
    private static void Damaged(ModelFolder folder, string name, int head)
    {
        byte[] good = File.ReadAllBytes(Path.Combine(folder.Path, name));
        int most = Math.Min(head, good.Length);
        Property property = Prop.ForAll(
            ArbMap.Default.ArbFor<(int At, byte How, long Value)[]>(),
            changes =>
            {
                folder.Write(name, changes.Take(1 + changes.Length % 3).Aggregate(good, (bytes, change) => Change(bytes, Math.Min(most, bytes.Length), change.At, change.How, change.Value)));
                return Survives(folder.Path);
            });
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(Environment.GetEnvironmentVariable("CI") is null ? 200 : 10_000), property);
    }

    private static byte[] Change(byte[] bytes, int most, int at, byte how, long value)
    {
        int place = most == 0 ? 0 : (int)((uint)at * 2_654_435_761u % (uint)most);
        switch (how % 5)
        {
            case 0:
                return bytes[..place];
            case 1:
                return [.. bytes[..place], (byte)value, .. bytes[Math.Min(place + 1, bytes.Length)..]];
            case 2:
                return [.. bytes[..place], Telling[(byte)value % Telling.Length], .. bytes[place..]];
            case 3:
                return [.. bytes[..place], .. bytes[Math.Min(place + (byte)value % 16, bytes.Length)..]];
            default:
                // A whole number of the file, small or huge.
                byte[] number = BitConverter.GetBytes((value & 1) == 0 ? value : long.MaxValue >> (int)(value & 63));
                return [.. bytes[..place], .. number, .. bytes[Math.Min(place + 8, bytes.Length)..]];
        }
    }

    /// <summary>Throws what went wrong, so that FsCheck shows it beside the damage.</summary>
    private static bool Survives(string path)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            using ModelWeights weights = ModelLoader.Open(path);
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, Memory);
            Assert.NotEqual(0, Stored.All(weights).Sum(tensor => tensor.Bytes.Length));
        }
        catch (ModelException fault)
        {
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, Memory);
            Assert.InRange(fault.Message.Length, 1, 2000);
            Assert.DoesNotContain(fault.Message, char.IsControl);
        }
        return true;
    }
}
