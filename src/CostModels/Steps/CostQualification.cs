namespace Cortex.CostModels;

/// <summary>How far the times of a cost model can be trusted; each is more than the one before.</summary>
public enum CostQualification : byte
{
    /// <summary>From descriptions or formulas alone: orders policies and loads, and promises no seconds.</summary>
    Functional,

    /// <summary>Fitted to steps or serving points that were measured on a machine.</summary>
    Calibrated,

    /// <summary>Calibrated, and a simulation with it compared with a live run on that machine.</summary>
    Validated,

    /// <summary>Of no cost model: engines that compute have taken this long.</summary>
    Measured,
}
