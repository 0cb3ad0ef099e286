namespace Cortex.Policies;

/// <summary>A call known to the core. Slots are reused, so a generation tells the owners of a slot apart.</summary>
public readonly record struct CallId(int Slot, int Generation);

/// <summary>A workflow known to the core; slot and generation as in <see cref="CallId"/>.</summary>
public readonly record struct WorkflowId(int Slot, int Generation);

/// <summary>A worker: an engine of ours, an upstream engine or a tool executor. Index in order of joining.</summary>
public readonly record struct WorkerId(ushort Value);

/// <summary>A pool of homogeneous workers.</summary>
public readonly record struct PoolId(byte Value);

/// <summary>The role of a node in its program, such as <c>sql.generate</c>; index into the workload's stage names.</summary>
public readonly record struct StageId(ushort Value);

/// <summary>A model, index into the cluster's models.</summary>
public readonly record struct ModelId(byte Value);
