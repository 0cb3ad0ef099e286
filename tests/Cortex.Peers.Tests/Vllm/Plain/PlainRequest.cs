namespace Cortex.Peers.Tests.Vllm.Plain;

/// <summary>A token of any prompt or output: equal exactly when segment and offset are.</summary>
internal readonly record struct PlainToken(int Segment, int Offset)
{
    public override string ToString() => $"{Segment}:{Offset}";
}

/// <summary>State of a request, under the names that the rules give it.</summary>
internal sealed class PlainRequest
{
    /// <param name="arrivalNumber">Order in which requests entered.</param>
    public PlainRequest(VllmRequest request, int arrivalNumber)
    {
        Id = request.Id;
        Priority = request.Priority;
        Out = request.Out;
        ArrivalNumber = arrivalNumber;
        foreach (VllmPiece piece in request.Prompt)
        {
            for (int offset = 0; offset < piece.Length; offset++)
            {
                Tokens.Add(new PlainToken(piece.Segment, offset));
            }
        }
        P = Tokens.Count;
    }

    public int Id { get; }
    public int Priority { get; }
    public int ArrivalNumber { get; }
    public int Out { get; }

    /// <summary>Prompt and delivered tokens.</summary>
    public List<PlainToken> Tokens { get; } = [];

    /// <summary>Prompt tokens.</summary>
    public int P { get; }

    /// <summary>Known tokens: prompt and delivered.</summary>
    public int T => Tokens.Count;

    /// <summary>Computed: tokens whose KV is done or in flight.</summary>
    public int C { get; set; }

    /// <summary>Ahead: tokens scheduled to be sampled, not yet delivered; always 0 when synchronous.</summary>
    public int A { get; set; }

    /// <summary>Tokens in flight: scheduled, not yet updated.</summary>
    public int F { get; set; }

    /// <summary>Stale tokens in flight: those of before a preemption.</summary>
    public int S { get; set; }

    /// <summary>The block table.</summary>
    public List<PlainBlock> Blocks { get; } = [];

    /// <summary>Keys of the full blocks of <see cref="Tokens"/>, as far as they have been asked for.</summary>
    public List<int> Keys { get; } = [];

    public bool Ended { get; set; }
    public int Preemptions { get; set; }

    /// <summary>Hit tokens of the first admission; null before it.</summary>
    public int? FirstHit { get; set; }

    public int AllHits { get; set; }

    /// <summary>The next token of the output is delivered.</summary>
    public void Deliver() => Tokens.Add(new PlainToken(-(Id + 1), T - P));
}
