namespace Cortex.Runtime.Models;

/// <summary>Where the weights of a model come from, by the names that Hugging Face gives them. Owns the memory that the matrices lie in.</summary>
internal interface IWeightSource : IDisposable
{
    /// <exception cref="ModelException">There is no such tensor, or it is of another shape or type.</exception>
    WeightMatrix Matrix(string name, int rows, int columns);

    /// <summary>Widened to 32 bits.</summary>
    /// <exception cref="ModelException">There is no such tensor, or it is of another length or type.</exception>
    float[] Vector(string name, int length);

    /// <summary>All that a model needs has been asked for: what was put off is done.</summary>
    /// <exception cref="ModelException">There is more than the model computes, so that it would compute something else.</exception>
    void Complete();
}
