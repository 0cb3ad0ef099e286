using System.Text;

namespace Cortex.Experiments.Report.Html;

/// <summary>Writes HTML; text is escaped, names of elements and attributes are the caller's own.</summary>
internal sealed class HtmlText
{
    private readonly StringBuilder html = new();

    /// <summary>Markup as it is.</summary>
    public HtmlText Raw(string markup)
    {
        html.Append(markup);
        return this;
    }

    /// <summary>An element with nothing but text in it, and a line's end.</summary>
    /// <param name="attributes">As written in the tag, such as <c>class="x"</c>.</param>
    public HtmlText Element(string name, string text, string attributes = "")
    {
        html.Append('<').Append(name).Append(attributes.Length > 0 ? " " : "").Append(attributes).Append('>')
            .Append(Escape(text)).Append("</").Append(name).Append(">\n");
        return this;
    }

    /// <summary>For text and for attribute values in double quotes.</summary>
    public static string Escape(string text) => text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal)
        .Replace(">", "&gt;", StringComparison.Ordinal).Replace("\"", "&quot;", StringComparison.Ordinal);

    public override string ToString() => html.ToString();
}
