namespace Cortex.Runtime.Tokenizers;

/// <summary>The <c>post_processor</c> of a <c>tokenizer.json</c>: which ids stand around a text when special tokens are asked for.</summary>
internal static class PostProcessorJson
{
    public static (int[] Prefix, int[] Suffix) Read(JsonNode node, Vocabulary vocabulary)
    {
        if (node.IsNull)
        {
            return ([], []);
        }
        string type = node["type"].Text();
        switch (type)
        {
            case "ByteLevel":   // shifts offsets, which nothing here has
                return ([], []);
            case "TemplateProcessing":
                return ReadTemplate(node, vocabulary);
            case "Sequence":
                List<int> prefix = [], suffix = [];
                foreach ((int[] before, int[] after) in node["processors"].Items().Select(step => Read(step, vocabulary)))
                {
                    prefix.InsertRange(0, before);
                    suffix.AddRange(after);
                }
                return ([.. prefix], [.. suffix]);
            default:
                throw node.Fault($"type '{type}' is not supported; allowed: ByteLevel, TemplateProcessing, Sequence, or null");
        }
    }

    private static (int[] Prefix, int[] Suffix) ReadTemplate(JsonNode node, Vocabulary vocabulary)
    {
        List<int> prefix = [], suffix = [];
        bool seen = false;
        foreach (JsonNode step in node["single"].Items())
        {
            if (step["SpecialToken"] is { IsNull: false } special)
            {
                JsonNode named = node["special_tokens"][special["id"].Text()];
                (seen ? suffix : prefix).AddRange(named["ids"].Items().Select(id => Known(id, vocabulary)));
            }
            else if (step["Sequence"]["id"].Text() == "A" && !seen)
            {
                seen = true;
            }
            else
            {
                throw step.Fault("a second sequence in 'single'; allowed: one, with id A");
            }
        }
        return seen ? ([.. prefix], [.. suffix]) : throw node["single"].Fault("no sequence in it; allowed: one, with id A");
    }

    private static int Known(JsonNode id, Vocabulary vocabulary) =>
        id.Integer() is >= 0 and < Vocabulary.MaximalSize and var value && vocabulary.Has((int)value) ? (int)value : throw id.Fault("an id without a token");
}
