using Cortex.Testing;
using Xunit;

namespace Cortex.Peers.Tests;

/// <summary>How tests over shared data behave where it is, and where it is not.</summary>
public sealed class SharedDataTests
{
    [Fact]
    public void An_absent_file_turns_a_test_into_a_skipped_one_that_names_the_file()
    {
        Assert.Contains("no/such/file", new SharedFactAttribute("no/such/file").Skip);
        Assert.Contains("no/such", new SharedTheoryAttribute("no/such/*.gz").Skip);
        Assert.Contains("no/such/file", new SharedRowAttribute("no/such/file", 7).Skip);
    }

    [Fact]
    public void An_absent_folder_has_no_files() => Assert.Empty(Shared.Files("no/such/folder", "*"));

    [SharedFact("peers/vllm")]
    public void Files_are_found_in_subfolders_too() => Assert.Contains("v0.19.0/tight.jsonl.gz", Shared.Files("peers/vllm", "*.jsonl.gz"));
}
