namespace Cortex.Runtime.ChatTemplates;

/// <summary>What <c>loop</c> is inside of a for.</summary>
internal sealed class Loop(IReadOnlyList<object?> items)
{
    private object?[]? _changed;

    /// <summary>Which item it is at, from 0.</summary>
    public int Index { get; set; }

    public object? Attribute(string name) => name switch
    {
        "index" => Index + 1L,
        "index0" => (long)Index,
        "revindex" => (long)(items.Count - Index),
        "revindex0" => items.Count - Index - 1L,
        "first" => Index == 0,
        "last" => Index == items.Count - 1,
        "length" => (long)items.Count,
        "depth" => 1L,   // counts recursive calls only, of which there are none here
        "depth0" => 0L,
        "previtem" => Index > 0 ? items[Index - 1] : new Undefined("there is no previous item"),
        "nextitem" => Index < items.Count - 1 ? items[Index + 1] : new Undefined("there is no next item"),
        "cycle" => new Function("loop.cycle", arguments => arguments.Positional.Count > 0
            ? arguments.Positional[Index % arguments.Positional.Count]
            : throw new TemplateFault("loop.cycle needs something to cycle through")),
        "changed" => new Function("loop.changed", arguments =>
        {
            object?[] now = [.. arguments.Positional];
            bool changed = _changed is null || !Operations.AreEqual(_changed, now);
            _changed = now;
            return changed;
        }),
        _ => Undefined.Attribute(this, name),
    };
}
