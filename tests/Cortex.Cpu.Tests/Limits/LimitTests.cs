using System.Runtime.Intrinsics;
using Cortex.Runtime.Cpu.Kernels;
using Cortex.Runtime.Cpu.Limits;
using Cortex.Runtime.Cpu.Threads;
using Xunit;

namespace Cortex.Cpu.Tests.Limits;

/// <summary>What products are measured against is really done.</summary>
public sealed unsafe class LimitTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(8)]
    public void A_reading_loop_reads_every_number_once(int streams)
    {
        const int Count = (int)(ReadLoop.TileBytes / sizeof(float));
        using Native<float> buffer = new(2 * Count);
        for (int i = 0; i < Count; i++)
        {
            // Each sum that a loop keeps stays a whole number below 2²⁴, which is exact in any order.
            buffer.Span[i] = -1;
            buffer.Span[Count + i] = i % 61;
        }
        float expected = Enumerable.Range(0, Count).Sum(i => i % 61);
        Assert.Equal(expected, Sum<Lanes128, Vector128<float>>(buffer.Data, streams));
        Assert.Equal(expected, Sum<Lanes256, Vector256<float>>(buffer.Data, streams));
        Assert.Equal(expected, Sum<Lanes512, Vector512<float>>(buffer.Data, streams));
    }

    [Fact]
    public void Both_limits_are_those_of_some_processor()
    {
        using WorkCrew crew = new(2);
        using ReadLimit read = new(crew, 8 << 20);
        Assert.InRange(read.Measure(), 1e7, 1e13);
        Assert.InRange(new FmaLimit(crew).Measure(), 1e7, 1e14);
    }

    private static float Sum<TLanes, TVec>(float* buffer, int streams)
        where TLanes : struct, ILanes<TVec>
        where TVec : struct
    {
        ReadLoop<TLanes, TVec> loop = new((byte*)buffer, streams);
        loop.Run(tile: 1, thread: 0);
        return loop.Sum;
    }
}
