namespace Cortex.Serving;

/// <summary>Why a call was refused at its arrival.</summary>
public enum RefusalReason : byte
{
    /// <summary>It was not refused.</summary>
    None,

    /// <summary>Prompt and declared output are longer than <c>max_model_len</c> of every engine of its pool.</summary>
    ModelLength,

    /// <summary>They are longer than the KV pool of every engine that has the length.</summary>
    KvMemory,
}
