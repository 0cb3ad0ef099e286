using System.IO.MemoryMappedFiles;

namespace Cortex.Runtime.Models;

/// <summary>A file in the address space: nothing is copied, pages come when they are touched. The file must not be cut short while it is open.</summary>
internal sealed unsafe class MappedFile : IDisposable
{
    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;
    private byte* _start;

    /// <exception cref="ModelException">The file is absent, empty, a pointer to one that was not fetched, or cannot be read.</exception>
    public MappedFile(string path)
    {
        Path = path;
        try
        {
            Length = new FileInfo(path).Length;
            if (Length == 0)
            {
                throw new ModelException($"{path}: the file is empty");
            }
            _file = MemoryMappedFile.CreateFromFile(path, FileMode.Open, null, 0, MemoryMappedFileAccess.Read);
            _view = _file.CreateViewAccessor(0, Length, MemoryMappedFileAccess.Read);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            _file?.Dispose();
            throw new ModelException($"{path}: cannot be read: {(File.Exists(path) ? fault.Message.ReplaceLineEndings(" ") : "no such file")}", fault);
        }
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref _start);
        _start += _view.PointerOffset;
        ReadOnlySpan<byte> pointer = "version https://git-lfs"u8;
        if (Span(0, (int)Math.Min(Length, pointer.Length)).SequenceEqual(pointer))
        {
            Dispose();
            throw new ModelException($"{path}: a Git LFS pointer stands in place of the file; \"git lfs pull\" gets it");
        }
    }

    public string Path { get; }

    /// <summary>Bytes, at least 1.</summary>
    public long Length { get; }

    /// <summary>Address of the byte at <paramref name="offset"/>, which the caller has compared with <see cref="Length"/>.</summary>
    public nint At(long offset) => (nint)(_start + offset);

    /// <summary>Bytes of the file. The caller has compared both numbers with <see cref="Length"/>.</summary>
    public ReadOnlySpan<byte> Span(long offset, int length) => new(_start + offset, length);

    /// <summary>A second time does nothing.</summary>
    public void Dispose()
    {
        if (_start is null)
        {
            return;
        }
        _start = null;
        _view.SafeMemoryMappedViewHandle.ReleasePointer();
        _view.Dispose();
        _file.Dispose();
    }
}
