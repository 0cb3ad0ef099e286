namespace Cortex.Cpu.Tests.Engine;

/// <summary>A folder of its own for one test, gone when it ends.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("cortex-engine-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
