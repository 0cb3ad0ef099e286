namespace Cortex.Serving;

/// <summary>The blame of several workflows, added up.</summary>
internal struct BlameSum
{
    private long count;
    private Int128 queue;
    private Int128 prefill;
    private Int128 decode;
    private Int128 preemption;
    private Int128 tool;
    private Int128 think;

    /// <summary>Null for no workflow.</summary>
    public readonly MeanBlame? Mean =>
        count == 0 ? null : new(MeanOf(queue), MeanOf(prefill), MeanOf(decode), MeanOf(preemption), MeanOf(tool), MeanOf(think));

    public void Add(in WorkflowBlame workflow)
    {
        count++;
        queue += workflow.Queue.Ns;
        prefill += workflow.Prefill.Ns;
        decode += workflow.Decode.Ns;
        preemption += workflow.Preemption.Ns;
        tool += workflow.Tool.Ns;
        think += workflow.Think.Ns;
    }

    private readonly double MeanOf(Int128 sum) => (double)sum / count / 1e9;
}
