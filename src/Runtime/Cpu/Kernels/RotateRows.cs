using Cortex.Runtime.Cpu.Attention;
using Cortex.Runtime.Cpu.Memory;
using Cortex.Runtime.Cpu.Threads;
using Cortex.Runtime.Engines.Forward;
using Cortex.Runtime.Models;

namespace Cortex.Runtime.Cpu.Kernels;

/// <summary>Queries and keys of many tokens: norm by head, rotation, scale of the queries; keys and values into the pool.</summary>
internal sealed unsafe class RotateRows(ModelShape shape, RowKernels kernels, RopeTable rope) : RowWork(rowsPerTile: 1)
{
    private readonly float queryScale = (float)(1 / Math.Sqrt(shape.HeadDim));
    private StepInputs step = null!;
    private CpuRows qkv = null!;
    private CpuVector? queryNorm;
    private CpuVector? keyNorm;
    private CpuKvPool pool = null!;
    private int layer;

    public void Run(WorkCrew crew, StepInputs step, CpuRows qkv, CpuVector? queryNorm, CpuVector? keyNorm, int layer, CpuKvPool pool)
    {
        this.step = step;
        this.qkv = qkv;
        this.queryNorm = queryNorm;
        this.keyNorm = keyNorm;
        this.layer = layer;
        this.pool = pool;
        Run(crew, step.Tokens.Count);
    }

    protected override void Row(int row)
    {
        int head = shape.HeadDim;
        int position = step.Positions[row];
        float* queries = qkv.Row(row);
        for (int i = 0; i < shape.Heads; i++)
        {
            NormAndRotate(queries + i * head, queryNorm, position, queryScale);
        }
        float* keys = queries + shape.QueryWidth;
        float* values = keys + shape.KvWidth;
        for (int i = 0; i < shape.KvHeads; i++)
        {
            NormAndRotate(keys + i * head, keyNorm, position, scale: 1);
            KvAppend.Run(pool, step.Slots[row], layer, i, keys + i * head, values + i * head);
        }
    }

    private void NormAndRotate(float* head, CpuVector? norm, int position, float scale)
    {
        if (norm is not null)
        {
            kernels.Normalise(head, norm.Data, shape.NormEpsilon, head, shape.HeadDim);
        }
        kernels.Rotate(head, rope.Cosine(position), rope.Sine(position), scale, shape.HeadDim / 2);
    }
}
