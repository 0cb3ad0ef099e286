using System.Reflection;
using Cortex.Models.Tests;
using Cortex.Testing;
using Xunit.Sdk;

namespace Cortex.Cpu.Tests.Engine;

/// <summary>One row for each prompt of each real model (golden of greedy texts, weights as GGUF or safetensors) of the shared folder.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class RealPromptsAttribute : DataAttribute
{
    public override IEnumerable<object[]> GetData(MethodInfo testMethod) =>
        from name in GoldenRows.Models("")
        where RealModel.WeightsOf(name) is not null
        from prompt in new GoldenModel(name).Root.GetProperty("prompts").EnumerateArray()
        where prompt.TryGetProperty("argmaxAtEveryPosition", out _)
        select new object[] { name, prompt.GetProperty("name").GetString()! };
}

/// <summary>Skipped, with a message, where there is no real model.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class RealTheoryAttribute : Xunit.TheoryAttribute
{
    public RealTheoryAttribute()
    {
        if (!new RealPromptsAttribute().GetData(null!).Any())
        {
            Skip = $"needs a real model with goldens below {Shared.PathOf("models")} (set CORTEX_SHARED to the folder of shared reference data)";
        }
    }
}
