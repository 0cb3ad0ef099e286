using System.Globalization;
using Cortex.Runtime.Cpu.Products;

namespace Cortex.Cpu.Tests.Processors;

/// <summary>The tests' own command: prints which vectors this process has, and what it computes for each model named.</summary>
internal static class Program
{
    private static void Main(string[] models)
    {
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        Console.WriteLine(SimdTiers.Best);
        foreach (string model in models)
        {
            Console.WriteLine(ComputedText.Of(model));
        }
    }
}
