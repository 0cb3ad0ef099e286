namespace Cortex.Runtime.Engines.Forward;

/// <summary>Sees what a forward pass computes: for tests and tools. Whoever observes pays for bringing it to the host.</summary>
public interface IForwardObserver
{
    /// <summary>Logits are wanted behind every token, not only where a row yields.</summary>
    bool AllOutputs { get; }

    /// <summary>Activations between the layers.</summary>
    /// <param name="stage">0: the embedding; i: the output of layer i, counted from 1; layers + 1: after the final norm. The last two have rows of the outputs only.</param>
    /// <param name="step">The step; its lists say which token a row is.</param>
    /// <param name="rows">Row after row, hidden numbers each.</param>
    void Hidden(int stage, StepInputs step, ReadOnlySpan<float> rows);

    /// <summary>Logits behind <see cref="StepInputs.Outputs"/>.</summary>
    /// <param name="step">The step.</param>
    /// <param name="logits">Row after row, as many numbers as the vocabulary has.</param>
    void Logits(StepInputs step, ReadOnlySpan<float> logits);
}
