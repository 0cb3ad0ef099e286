// The model of `cortex bench runtime` as a GGUF file: the same shape, bf16 matrices, random weights, a vocabulary of names.
import {openSync, writeSync, closeSync} from "node:fs";

export const shape = {layers: 24, hidden: 1024, heads: 16, kvHeads: 8, headDim: 64, ffn: 4096, vocabulary: 49152};

const queries = shape.heads * shape.headDim;
const keys = shape.kvHeads * shape.headDim;
const behindAttention = shape.hidden * queries + 3 * shape.hidden * shape.ffn;
const layer = shape.hidden * (queries + 2 * keys) + behindAttention;
const output = shape.hidden * shape.vocabulary;

/** Bytes of weights that a decode step reads. */
export const bytesOfStep = 2 * (shape.layers * layer + output);

/** Multiplications and additions of the matrix products that a prompt needs: behind the last attention, only those of its last token. */
export const operationsOfPrompt = (tokens) => 2 * (tokens * (shape.layers * layer - behindAttention) + behindAttention + output);

const F32 = 0, BF16 = 30, ALIGNMENT = 32;
const elementBytes = {[F32]: 4, [BF16]: 2};

/** Sizes innermost first, as GGUF has them. */
function tensors() {
    const {hidden, ffn, vocabulary} = shape;
    const all = [["token_embd.weight", BF16, [hidden, vocabulary]], ["output_norm.weight", F32, [hidden]]];
    for (let i = 0; i < shape.layers; i++) {
        const add = (name, type, ...sizes) => all.push([`blk.${i}.${name}.weight`, type, sizes]);
        add("attn_norm", F32, hidden);
        add("attn_q", BF16, hidden, queries);
        add("attn_k", BF16, hidden, keys);
        add("attn_v", BF16, hidden, keys);
        add("attn_output", BF16, queries, hidden);
        add("ffn_norm", F32, hidden);
        add("ffn_gate", BF16, hidden, ffn);
        add("ffn_up", BF16, hidden, ffn);
        add("ffn_down", BF16, ffn, hidden);
    }
    return all.map(([name, type, sizes]) => ({name, type, sizes, bytes: sizes.reduce((product, size) => product * size, elementBytes[type])}));
}

/** The 256 bytes as GPT-2 writes them, the one merge, and names. */
function vocabulary() {
    const printable = (byte) => byte >= 33 && byte <= 126 || byte >= 161 && byte !== 173;
    let unprintable = 0;
    const bytes = Array.from({length: 256}, (_, byte) => String.fromCharCode(printable(byte) ? byte : 256 + unprintable++));
    return [...bytes, "ĠĠ", ...Array.from({length: shape.vocabulary - 257}, (_, i) => `name ${i}`)];
}

function header(list) {
    const parts = [];
    const number = (bytes, write) => { const buffer = Buffer.alloc(bytes); write(buffer); parts.push(buffer); };
    const u32 = (value) => number(4, (buffer) => buffer.writeUInt32LE(value));
    const u64 = (value) => number(8, (buffer) => buffer.writeBigUInt64LE(BigInt(value)));
    const f32 = (value) => number(4, (buffer) => buffer.writeFloatLE(value));
    const text = (value) => { u64(Buffer.byteLength(value)); parts.push(Buffer.from(value)); };
    const keysOf = {
        "general.architecture": "llama", "tokenizer.ggml.model": "gpt2", "tokenizer.ggml.pre": "gpt-2",
        "tokenizer.ggml.tokens": vocabulary(), "tokenizer.ggml.merges": ["Ġ Ġ"], "tokenizer.ggml.eos_token_id": 0,
        "llama.block_count": shape.layers, "llama.context_length": 2048, "llama.embedding_length": shape.hidden,
        "llama.feed_forward_length": shape.ffn, "llama.attention.head_count": shape.heads, "llama.attention.head_count_kv": shape.kvHeads,
        "llama.attention.layer_norm_rms_epsilon": 1e-5,
    };
    parts.push(Buffer.from("GGUF"));
    u32(3);
    u64(list.length);
    u64(Object.keys(keysOf).length);
    for (const [key, value] of Object.entries(keysOf)) {
        text(key);
        if (typeof value === "string") { u32(8); text(value); }
        else if (Array.isArray(value)) { u32(9); u32(8); u64(value.length); value.forEach(text); }
        else if (Number.isInteger(value)) { u32(4); u32(value); }
        else { u32(6); f32(value); }
    }
    let offset = 0;
    for (const tensor of list) {
        text(tensor.name);
        u32(tensor.sizes.length);
        tensor.sizes.forEach(u64);
        u32(tensor.type);
        u64(offset);
        offset += tensor.bytes;   // every size here is a multiple of the alignment
    }
    const whole = Buffer.concat(parts);
    return Buffer.concat([whole, Buffer.alloc((ALIGNMENT - whole.length % ALIGNMENT) % ALIGNMENT)]);
}

/** Random bits with exponents about 2^-6, both signs: speed does not depend on them. The same run of them serves all matrices. */
function randomWeights(count) {
    const weights = new Uint16Array(count);
    for (let i = 0, state = 1; i < count; i++) {
        state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
        weights[i] = 0x3c00 | (state >>> 16 & 0x80ff);
    }
    return Buffer.from(weights.buffer);
}

export function writeModel(path) {
    const list = tensors();
    const random = randomWeights(1 << 23);
    const file = openSync(path, "w");
    writeSync(file, header(list));
    for (const tensor of list) {
        const source = tensor.type === F32 ? Buffer.from(new Float32Array(tensor.bytes / 4).fill(1).buffer) : random;
        for (let written = 0; written < tensor.bytes;) {
            written += writeSync(file, source, 0, Math.min(source.length, tensor.bytes - written));
        }
    }
    closeSync(file);
}
