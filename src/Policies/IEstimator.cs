namespace Cortex.Policies;

/// <summary>What a policy may assume about the speed of one engine. An estimate: the truth comes as facts.</summary>
public interface IEstimator
{
    /// <summary>Time to compute <paramref name="tokens"/> prompt tokens, alone on the engine, in one step.</summary>
    /// <param name="tokens">Tokens to compute; 0 costs nothing.</param>
    /// <param name="context">Tokens before them whose KV is there already.</param>
    Duration Prefill(int tokens, int context);

    /// <summary>Time of one step that gives each of <paramref name="sequences"/> one token.</summary>
    /// <param name="sequences">Decoding calls; 0 costs nothing.</param>
    /// <param name="context">Sum of their known tokens.</param>
    Duration DecodeStep(int sequences, long context);
}
