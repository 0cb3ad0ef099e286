using System.Globalization;
using System.Text;

namespace Cortex.Experiments.Tests.Timelines;

/// <summary>Workflows that plan, write three parts side by side while a tool runs, think, and write an end; one asks for more than fits.</summary>
internal static class FanOutTrace
{
    public static string Text(int workflows)
    {
        StringBuilder text = new("""{"format":"agentflow","version":1,"replay":"open"}""" + "\n");
        for (int i = 0; i < workflows; i++)
        {
            int arrival = 20_000 * i;
            int last = i == 5 ? 2000 : 40;
            text.Append(Line($$"""{"id":"w{{i}}","arrival":{{arrival}},"nodes":[{"n":0,"kind":"llm","stage":"plan","deps":[],"prompt":[["u:0",0,{{100 + (i * 7)}}]],"out":60},"""));
            for (int part = 1; part <= 3; part++)
            {
                text.Append(Line($$"""{"n":{{part}},"kind":"llm","stage":"write","deps":[0],"prompt":[["o:0",0,60],["u:{{part}}",0,{{60 * part}}]],"out":{{100 + (40 * part)}}},"""));
            }
            text.Append("""{"n":4,"kind":"tool","stage":"fetch","deps":[0],"dur":300000,"result":30},""");
            text.Append(Line($$"""{"n":5,"kind":"llm","stage":"write","deps":[1,2,3,4],"delay":5000,"prompt":[["u:9",0,{{last}}],["r:4",0,30]],"out":20}]}""")).Append('\n');
        }
        return text.ToString();
    }

    private static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
