namespace Cortex.Runtime.Tokenizers;

/// <summary>A token that is found in the text as it is written, before anything is split or merged.</summary>
/// <param name="Content">Its text.</param>
/// <param name="Special">A control token: left out of decoded text on request, and ordinary text where the text is not trusted.</param>
/// <param name="Normalized">Looked for in the normalized text, not in the text as given.</param>
/// <param name="StripLeft">Takes the white space before it.</param>
/// <param name="StripRight">Takes the white space after it.</param>
/// <param name="SingleWord">Only where no word character stands before or after it.</param>
internal sealed record AddedToken(
    int Id, string Content, bool Special, bool Normalized = false, bool StripLeft = false, bool StripRight = false, bool SingleWord = false);
