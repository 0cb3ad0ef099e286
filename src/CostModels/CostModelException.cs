namespace Cortex.CostModels;

/// <summary>A cost model, GPU or model that does not exist, or that cannot be put together as asked: bad input, told to the user as it is.</summary>
public sealed class CostModelException(string message) : Exception(message);
