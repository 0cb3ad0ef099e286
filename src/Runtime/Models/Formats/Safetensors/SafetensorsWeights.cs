namespace Cortex.Runtime.Models;

/// <summary>The tensors of a Hugging Face folder: one <c>model.safetensors</c>, or shards and their index.</summary>
internal sealed class SafetensorsWeights : IWeightSource
{
    public const string SingleFile = "model.safetensors";
    public const string IndexFile = "model.safetensors.index.json";

    private readonly List<SafetensorsFile> _files = [];
    private readonly Dictionary<string, StoredTensor> _tensors = [];
    private readonly HashSet<string> _used = [];
    private readonly string _folder;
    private readonly bool _tied;

    /// <param name="folder">Where the files are.</param>
    /// <param name="tied">The output projection is the embedding; one that is stored all the same is left alone.</param>
    /// <exception cref="ModelException">A file is missing or corrupt.</exception>
    public SafetensorsWeights(string folder, bool tied)
    {
        _folder = folder;
        _tied = tied;
        try
        {
            if (File.Exists(Path.Combine(folder, SingleFile)))
            {
                foreach (StoredTensor tensor in Open(SingleFile).Tensors.Values)
                {
                    _tensors.Add(tensor.Name, tensor);
                }
            }
            else if (!In(folder))
            {
                throw new ModelException($"{folder}: neither {SingleFile} nor {IndexFile} is there");
            }
            else
            {
                OpenShards(Path.Combine(folder, IndexFile));
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Whether a folder has such tensors.</summary>
    public static bool In(string folder) => File.Exists(Path.Combine(folder, SingleFile)) || File.Exists(Path.Combine(folder, IndexFile));

    public WeightMatrix Matrix(string name, int rows, int columns)
    {
        StoredTensor tensor = Take(name);
        tensor.Expect(rows, columns);
        return new(rows, columns, TypeOf(tensor), tensor.Data);
    }

    public float[] Vector(string name, int length)
    {
        StoredTensor tensor = Take(name);
        tensor.Expect(length);
        float[] vector = new float[length];
        Widening.ToSingle(TypeOf(tensor), tensor.Data, vector);
        return vector;
    }

    /// <exception cref="ModelException">A tensor is left over: a bias, a scale, an adapter, a layer.</exception>
    public void Complete()
    {
        foreach (StoredTensor tensor in _tensors.Values)
        {
            // Old Llama files carry the inverse frequencies; they follow from the configuration.
            bool known = _used.Contains(tensor.Name) || tensor.Name.EndsWith(".rotary_emb.inv_freq", StringComparison.Ordinal)
                || (_tied && tensor.Name == WeightLayout.Output);
            if (!known)
            {
                throw new ModelException($"{tensor.File}: tensor {Shown.Quoted(tensor.Name)} has no place in a model of this configuration");
            }
        }
    }

    public void Dispose() => _files.ForEach(file => file.Dispose());

    private SafetensorsFile Open(string name)
    {
        SafetensorsFile file = new(Path.Combine(_folder, name));
        _files.Add(file);
        return file;
    }

    private void OpenShards(string index)
    {
        JsonSettings map = new JsonSettings(index, JsonText.Read(index)).OptionalObject("weight_map")
            ?? throw new ModelException($"{index}: \"weight_map\" is missing");
        SortedDictionary<string, SafetensorsFile> shards = new(StringComparer.Ordinal);
        foreach (string name in map.Keys)
        {
            string shard = map.OptionalText(name) ?? throw map.Missing(name);
            if (shard.Length == 0 || shard != Path.GetFileName(shard) || shard is "." or ".." || shard.Contains('\0') || shard.Contains('\\'))
            {
                throw new ModelException($"{index}: tensor {Shown.Quoted(name)}: {Shown.Quoted(shard)} is not the name of a file in the same folder");
            }
            if (!shards.TryGetValue(shard, out SafetensorsFile? file))
            {
                shards.Add(shard, file = Open(shard));
            }
            _tensors.Add(name, file.Tensors.GetValueOrDefault(name)
                ?? throw new ModelException($"{Path.Combine(_folder, shard)}: no tensor {Shown.Quoted(name)}, which {IndexFile} puts there"));
        }
    }

    private StoredTensor Take(string name)
    {
        _ = _used.Add(name);
        return _tensors.GetValueOrDefault(name) ?? throw new ModelException($"{_folder}: tensor {Shown.Quoted(name)} is missing");
    }

    private static WeightType TypeOf(StoredTensor tensor) => tensor.Type switch
    {
        "F32" => WeightType.F32,
        "F16" => WeightType.F16,
        "BF16" => WeightType.Bf16,
        _ => throw new ModelException($"{tensor.File}: tensor {Shown.Quoted(tensor.Name)} is {tensor.Type}; supported are BF16, F16, F32"),
    };
}
