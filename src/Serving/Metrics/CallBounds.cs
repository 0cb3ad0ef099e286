namespace Cortex.Serving;

/// <summary>Some of the bounds on a call.</summary>
[Flags]
public enum CallBounds : byte
{
    None = 0,
    Ttft = 1,
    Tpot = 2,
    E2e = 4,
}
