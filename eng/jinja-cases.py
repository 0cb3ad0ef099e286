"""Writes tests/Cortex.Tokenizers.Tests/Data/jinja-cases.json: small templates and what Jinja makes of them, set as transformers sets it.

    pip install jinja2 && python3 eng/jinja-cases.py > tests/Cortex.Tokenizers.Tests/Data/jinja-cases.json

A case has `template`, `variables`, and `text` or, where Jinja fails, `error` (its message; of errors in the syntax only that there is one).
"""
import json
import sys

import jinja2
from jinja2.ext import Extension, loopcontrols
from jinja2.sandbox import ImmutableSandboxedEnvironment


class Generation(Extension):
    tags = {"generation"}

    def parse(self, parser):
        next(parser.stream)
        return parser.parse_statements(("name:endgeneration",), drop_needle=True)


def raise_exception(message):
    raise jinja2.exceptions.TemplateError(message)


def tojson(value, ensure_ascii=False, indent=None, separators=None, sort_keys=False):
    return json.dumps(value, ensure_ascii=ensure_ascii, indent=indent, separators=separators, sort_keys=sort_keys)


def environment():
    env = ImmutableSandboxedEnvironment(trim_blocks=True, lstrip_blocks=True, extensions=[Generation, loopcontrols])
    env.filters["tojson"] = tojson
    env.globals["raise_exception"] = raise_exception
    return env


MESSAGES = [
    {"role": "system", "content": "Be terse."},
    {"role": "user", "content": "  Hi \U0001F600 there\n"},
    {"role": "assistant", "content": None, "tool_calls": [{"function": {"name": "f", "arguments": {"x": 1.0, "s": "é\"<>&'", "n": None}}}]},
]
VARIABLES = {
    "messages": MESSAGES,
    "s": "Hello, World", "e": "", "u": "a\U0001F600b\u00e9", "w": " \t a  b\u2003c \n", "l": [3, 1, 2], "d": {"b": 1, "a": [1, 2], "items": 5},
    "n": 7, "f": 2.5, "t": True, "no": False, "nil": None, "nested": [{"k": "x", "v": 1}, {"k": "y", "v": 2}, {"k": "x", "v": 3}],
    "words": ["b", "A", "c", "B"], "lines": "one\ntwo\n\nthree", "big": 123456789012345678901234567890, "neg": -3,
}

EXPRESSIONS = r"""
s | u | w | l | d | n | f | t | no | nil | big | neg | missing | nested
1 | 1.0 | 1.5e3 | 1e100 | 1e16 | 1e15 | 0.0001 | 0.00001 | 123456789.125 | 1_000 | 2 ** 10 | 2 ** -1 | 7 // 2 | -7 // 2 | 7 % 3 | -7 % 3 | 7 / 2 | 6 / 2 | 7.5 // 2 | -7.5 % 2
1 + 2 * 3 | (1 + 2) * 3 | -2 ** 2 | 2 ** 3 ** 2 | 1 - 2 - 3 | 2 * 3 % 4 | 10 - 2 ~ 3 | 1 ~ 2 + 3 | 'a' ~ 1 ~ none ~ true | -n | +n | - - n | -n | abs
'a' + 'b' | 'a' 'b' | 'ab' * 3 | [1] * 2 | [1] + [2] | (1, 2) | (1,) | () | [] | {} | {'a': 1, 'b': [1, 'x', none]} | [1, 2.0, 'it\'s', "q\"", 'both \' and "', '\n\t\\']
'\x41\u00e9\U0001F600' | 'a\qb' | "a\'b" | 'tab\there'
n == 7 | n == 7.0 | t == 1 | n != 7 | n < 8 | n <= 7 | n > 7 | n >= 7 | 1 < n < 8 | 1 < n > 8 | 'a' < 'b' | 'a' in 'abc' | 'x' not in 'abc' | 2 in l | 'b' in d | 9 in l | 'x' in missing | l == [3, 1, 2] | d == {'a': [1, 2], 'b': 1, 'items': 5} | [1, 2] < [1, 3] | 'a' == 1 | none == none | missing == missing | missing == none
not t | not no and t | not (no and t) | t and n | no or s | no or nil | nil and s | t or missing.x | 'yes' if t else 'no' | 'yes' if no | ('yes' if no) is defined | 1 if no else 2 if no else 3 | not n is string | not missing is defined | n is not none | n is not string and t
d.b | d['b'] | d.a[1] | d['a'][-1] | d.missing | d['missing'] | d.items | d['items'] | d.get('b') | d.get('x') | d.get('x', 9) | d.get('x', default) | d.keys() | list | d.values() | list | d.items() | list | l[0] | l[-1] | l[9] | s[0] | s[-1] | u[1] | u[-1] | l.missing | messages[0].role | messages[0]['role'] | messages[1]['content'][3] | l.0 | nested.1.k | nil.x is defined
l[1:] | l[:1] | l[::-1] | l[::2] | l[-2:] | l[5:] | s[1:4] | s[::-1] | u[1:] | u[::-1] | u[:2] | messages[::-1][0].role | (1, 2, 3)[1:] | l[none:2] | l[-100:100] | s[-3:-1] | l[2:0:-1] | l[:-1]
s | length | u | length | l | length | d | length | missing | length | s | count | '' | length
s | upper | s | lower | s | title | 'hello wORLD-foo (bar)' | title | 'hELLO' | capitalize | w | trim | 'xxaxx' | trim('x') | n | string | 'it' | safe | '<a href="x">&\'' | escape | '<' | e
s | replace('l', 'L') | s | replace('l', 'L', 1) | lines | indent | lines | indent(2) | lines | indent(2, true) | lines | indent(2, true, true) | lines | indent('> ') | lines | indent(width=3, first=true)
d | tojson | l | tojson | s | tojson | u | tojson | u | tojson(ensure_ascii=true) | d | tojson(indent=2) | {} | tojson(indent=2) | [] | tojson(indent=2) | [[], {}, [1]] | tojson(indent=1) | d | tojson(sort_keys=true) | d | tojson(separators=(',', ':')) | (1, 2) | tojson | nil | tojson | t | tojson | f | tojson | big | tojson | '\x00\x1f\x7f/\n\t"\\' | tojson | messages[2].tool_calls[0].function.arguments | tojson | 1.0 | tojson | {1: 2} | tojson | 1e16 | tojson | '<>&\'' | tojson
missing | default('x') | missing | d('x') | nil | default('x') | nil | default('x', true) | e | default('x', true) | missing | default | s | default('x') | missing | default(default_value='y')
'12' | int | '1x' | int | '1x' | int(5) | 3.9 | int | -3.9 | int | '3.9' | int | 'x' | float | '2.5' | float | n | float | -5 | abs | 2.5 | round | 3.5 | round | 2.567 | round(2) | 2.1 | round(0, 'ceil') | 2.9 | round(method='floor') | true | int | ' 12 ' | int
l | first | l | last | l | sort | l | sort(reverse=true) | words | sort | words | sort(case_sensitive=true) | nested | sort(attribute='v', reverse=true) | l | reverse | list | s | reverse | l | join(', ') | l | join | nested | join('-', attribute='k') | words | unique | list | nested | map(attribute='k') | unique | list | l | sum | nested | sum(attribute='v') | l | min | l | max | words | min | words | max | [] | first | [] | min | 'abc' | list | d | list | 'abc' | first | s | last | [1.5, 2] | sum
d | dictsort | {'b': 2, 'A': 1} | dictsort | {'b': 1, 'a': 2} | dictsort(by='value') | {'b': 1, 'a': 2} | dictsort(reverse=true) | d | items | list | missing | items | list
words | map('upper') | list | nested | map(attribute='v') | list | nested | map(attribute='z', default=0) | list | l | select('gt', 1) | list | l | reject('equalto', 2) | list | l | select | list | [0, 1, ''] | reject | list | nested | selectattr('k', 'equalto', 'x') | list | nested | rejectattr('k', '==', 'x') | list | nested | selectattr('v') | map(attribute='k') | join(',') | nested | selectattr('z', 'defined') | list | words | map('replace', 'b', 'z') | list | messages | selectattr('role', 'in', ['user', 'system']) | map(attribute='role') | list | nested | map('items') | map('list') | list
n is defined | missing is defined | missing is undefined | nil is none | n is none | t is true | n is true | no is false | t is boolean | n is integer | t is integer | f is float | n is number | t is number | s is number | s is string | n is string | d is mapping | l is mapping | l is sequence | s is sequence | d is sequence | n is sequence | l is iterable | s is iterable | n is iterable | missing is iterable | nil is iterable | range is callable | n is callable | 3 is odd | 3 is even | 4 is even | 9 is divisibleby 3 | 9 is divisibleby(2) | n is eq 7 | n is equalto 8 | n is ne(7) | n is gt 6 | n is lt 6 | n is ge 7 | n is le 6 | 'a' is in 'abc' | 2 is in l | none is sameas none | 'ab' is lower | 'AB' is upper | 'Ab' is lower | '1' is lower | n is greaterthan 3 | n is lessthan 3 | (1, 2) is sequence
w.strip() | w.lstrip() | w.rstrip() | 'xxaxx'.strip('x') | 'xyaxy'.lstrip('yx') | 'aé\U0001F600'.rstrip('\U0001F600é') | s.split(', ') | s.split() | w.split() | 'a,b,c'.split(',', 1) | 'a b  c'.split(None, 1) | 'a b  c '.split(none, 1) | ' a b'.rsplit(none, 1) | 'a,b,c'.rsplit(',', 1) | 'a,b,c'.rsplit(',') | ''.split() | ''.split(',') | 'abc'.split('x')[-1] | lines.splitlines() | lines.splitlines(true) | 'a\r\nb\rc'.splitlines() | 'a=b=c'.partition('=') | 'a=b=c'.rpartition('=') | 'abc'.partition('=') | 'abc'.rpartition('=')
s.startswith('He') | s.startswith('he') | s.endswith('ld') | s.startswith(('x', 'H')) | s.upper() | s.lower() | s.title() | "they're bill's".title() | 'ab'.capitalize() | s.replace('l', '') | s.replace('l', 'L', 1) | s.find('o') | s.find('z') | s.rfind('o') | u.find('b') | s.count('l') | s.count('') | ', '.join(['a', 'b']) | 'prefix-x'.removeprefix('prefix-') | 'x.py'.removesuffix('.py') | '12'.isdigit() | 'a1'.isdigit() | 'ab'.isalpha() | 'a1'.isalnum() | ' '.isspace() | 'AB'.isupper() | 'ab'.islower() | ''.isdigit() | s.split(',')[1].strip().upper() | l.index(1) | l.count(3) | s.index
range(3) | list | range(1, 4) | list | range(5, 0, -2) | list | range(0) | list | dict(a=1, b='x') | namespace(a=1).a | range(3)[1]
(s | upper).lower() | s | upper | lower | s.lower() | upper | (n + 1) | string | n | string + 'x' | -3 | abs | l | length - 1 | (l | length) - 1 | l | length * 2 | 'a' ~ 'b' | upper | s | length > 3 and t | s | trim | length == 12
[s, u] | map('length') | list | d.a | map('string') | join('+') | {'a': {'b': [1, {'c': 2}]}}.a.b[1].c | [[1, 2], [3]] | sum(start=[])
t | string | [true, none, 1.0] | string | 'é\u200b\U0001F600\x7f' ~ ['é\u200b\U0001F600\x7f\xa0'] | ['\ud800'] | length
""".strip().split("\n")

TEMPLATES = [
    "plain", "", "\n", "a\n", "a\n\n", "a\r\nb\rc\r\n", "{{ s }}\n", "{{ s }}\n\nx", "  {{ s }}  ", "{{- s -}}", "a  {{- s -}}  b", "a \n {{- s }} \n b", "a {{ s -}} \n\n b",
    "{% if t %}a{% endif %}\nb", "{% if t %}\na\n{% endif %}\nb", "  {% if t %}\n  a\n  {% endif %}\n  b", "x  {% if t %}a{% endif %}", "  {%- if t %} a {%- endif %} b",
    "x\n  {%- if t -%}  \n a \n {%- endif -%} \n b", "  {%+ if t %} a{% endif %}", "{% if t +%}\na{% endif %}", "a {# c #} b", "a\n  {# c #}\nb", "a\n  {#- c -#}  \nb", "{# {{ x }} {% if %} #}z",
    "{% if t %}  {% if t %}a{% endif %}  {% endif %}x", "{% set x = 1 %}  \n  {% set y = 2 %}{{ x }}{{ y }}", "\n  {% if t %}a{% endif %}\n", "{{ s }}  {% if t %}a{% endif %}", "{{ s }}\n  {% if t %}a{% endif %}",
    "{% raw %}{{ x }} {% if %}{% endraw %}", "a {%- raw -%} {{ x }} {%- endraw -%} b", "{% raw %}\na\n{% endraw %}\nb", "  {% raw %} x {% endraw %}",
    "{% if no %}a{% elif t %}b{% else %}c{% endif %}", "{% if no %}a{% elif no %}b{% else %}c{% endif %}", "{% if no %}a{% endif %}", "{% if l %}a{% endif %}{% if e %}b{% endif %}{% if missing %}c{% endif %}",
    "{% for x in l %}{{ x }},{% endfor %}", "{% for x in l %}{{ loop.index }}{{ loop.index0 }}{{ loop.revindex }}{{ loop.revindex0 }}{{ loop.first }}{{ loop.last }}{{ loop.length }};{% endfor %}",
    "{% for x in l %}{{ loop.previtem }}<{{ x }}>{{ loop.nextitem }} {% endfor %}", "{% for x in l %}{{ loop.previtem is defined }}{% endfor %}", "{% for x in l %}{{ loop.cycle('a', 'b') }}{% endfor %}",
    "{% for x in words %}{{ loop.changed(x | lower) }}{% endfor %}", "{% for k, v in d.items() %}{{ k }}={{ v }};{% endfor %}", "{% for k, v in d | items %}{{ k }}={{ v }};{% endfor %}", "{% for k in d %}{{ k }}{% endfor %}",
    "{% for x in [] %}a{% else %}none{% endfor %}", "{% for x in missing %}a{% else %}none{% endfor %}", "{% for x in l if x > 1 %}{{ loop.index }}:{{ x }} {% else %}none{% endfor %}", "{% for x in l if x > 5 %}{{ x }}{% else %}none{% endfor %}",
    "{% for x in l %}{% for y in 'ab' %}{{ loop.index }}{{ loop.depth }}{{ y }}{% endfor %}{{ loop.index }}{{ loop.depth0 }}{% endfor %}", "{% for x in l %}{% if x == 1 %}{% continue %}{% endif %}{{ x }}{% endfor %}",
    "{% for x in l %}{% if x == 1 %}{% break %}{% endif %}{{ x }}{% endfor %}", "{% for x in u %}[{{ x }}]{% endfor %}", "{% for a, b in [[1, 2], [3, 4]] %}{{ a + b }} {% endfor %}", "{% for (a, b) in [(1, 2)] %}{{ a }}{{ b }}{% endfor %}",
    "{% for x in 'a', 'b' %}{{ x }}{% endfor %}", "{% for m in messages[1:] %}{{ m.role }}{{ loop.index0 }}{% endfor %}", "{% for x in range(3) %}{{ x }}{% endfor %}",
    "{% set x = 1 %}{% for i in l %}{% set x = x + i %}{{ x }} {% endfor %}{{ x }}", "{% set x = 1 %}{% if t %}{% set x = 2 %}{% endif %}{{ x }}", "{% set ns = namespace(x=0) %}{% for i in l %}{% set ns.x = ns.x + i %}{% endfor %}{{ ns.x }}",
    "{% set ns = namespace(x=0, y='a') %}{% set ns.z = [1] %}{{ ns.x }}{{ ns.y }}{{ ns.z }}{{ ns.q }}", "{% set a, b = 1, 2 %}{{ a }}{{ b }}", "{% set a = 1, 2 %}{{ a }}", "{% set x %}a{{ s }}b{% endset %}{{ x }}|{{ x | length }}",
    "{% set x | upper | trim %} ab {% endset %}[{{ x }}]", "{% for x in l %}{% set y = x %}{% endfor %}{{ y is defined }}", "{% for x in l %}{{ y is defined }}{% set y = x %}{% endfor %}", "{% set s = s | upper %}{{ s }}",
    "{% set messages = messages[1:] %}{{ messages[0].role }}", "{% macro m(a, b='x', c=none) %}[{{ a }}{{ b }}{{ c }}]{% endmacro %}{{ m(1) }}{{ m(1, 2) }}{{ m(a=3, c=4) }}{{ m('q', c=1, b=2) }}",
    "{% macro m(a) %}{{ a }}{{ s }}{% endmacro %}{{ m(1) | upper }}", "{% macro m(a) %}{{ a is defined }}{{ a }}{% endmacro %}{{ m() }}", "{% macro m(n) %}{{ n }}{% if n > 0 %}{{ m(n - 1) }}{% endif %}{% endmacro %}{{ m(3) }}",
    "{% macro a() %}A{% endmacro %}{% macro b() %}{{ a() }}B{% endmacro %}{{ b() }}", "{% macro m() -%}\n  x\n{%- endmacro %}[{{ m() }}]", "{% macro m(x) %}{% set y = x %}{{ y }}{% endmacro %}{{ m(1) }}{{ y is defined }}",
    "{% with a = 1, b = s %}{{ a }}{{ b }}{% endwith %}{{ a is defined }}", "{% with %}{% set q = 1 %}{{ q }}{% endwith %}{{ q is defined }}", "{% filter upper %}a{{ s }}{% endfilter %}", "{% filter trim | upper %}  a {% endfilter %}|",
    "{% generation %}a{{ s }}{% endgeneration %}", "{% for m in messages %}{% generation %}{{ m.role }}{% endgeneration %}{% endfor %}",
    "{{ raise_exception('No: ' ~ n) }}", "{{ missing.x }}", "{{ missing['x'] }}", "{{ l[9].x }}", "{{ d.missing.x }}", "{{ nil.x.y }}", "{{ s.x.y }}", "{{ missing() }}", "{{ missing + 1 }}", "{{ 1 + missing }}", "{{ 'a' + missing }}", "{{ missing ~ 'a' }}",
    "{{ 'a' + 1 }}", "{{ 1 + 'a' }}", "{{ 'a' + none }}", "{{ none + 'a' }}", "{{ [] + 1 }}", "{{ 1 < 'a' }}", "{{ none < 1 }}", "{{ missing < 1 }}", "{{ 1 in 1 }}", "{{ 1 in 'a' }}", "{{ 1 in none }}", "{{ 1 / 0 }}", "{{ 1 // 0 }}", "{{ 1 % 0 }}", "{{ -s }}",
    "{{ n() }}", "{{ n | length }}", "{{ nil | length }}", "{% for x in n %}{% endfor %}", "{% for x in nil %}{% endfor %}", "{% for a, b in [[1]] %}{% endfor %}", "{% set s.x = 1 %}", "{% set ns = 1 %}{% set ns.x = 1 %}", "{{ missing | tojson }}", "{{ s.split('') }}",
    "{{ range(1000000) }}", "{{ l.index(9) }}", "{{ '' | first }}", "{{ ([] | first).x }}", "{{ ('a' if no) + 'x' }}", "{{ s.startswith(1) }}", "{{ l[s] }}", "{{ d[l] is defined }}", "{{ s[1:none:0] }}",
    "{% if %}x{% endif %}", "{% if t %}x", "{% for %}", "{{ }}", "{{ 1 + }}", "{{ (1 }}", "{{ 'a }}", "{% endif %}", "{% unknown %}", "{{ s | unknown }}", "{{ s is unknown }}", "{{ a b }}", "{{ s", "{% if t", "{# x", "{% raw %}x", "{% set 1 = 2 %}", "{% else %}",
    "{% for x in l %}{% elif %}{% endfor %}", "{{ s. }}", "{{ l[ }}", "{{ ! }}", "{{ {'a' 1} }}", "{% set x %}a", "{% macro m(1) %}{% endmacro %}", "{{ f(a=1, 2) }}", "{% break %}", "{% set none = 1 %}", "{{ n is }}",
    "{{ {'a': {'b': 1}} }}", "{{ {'a': 1}['a'] }}{{ '}}' }}", "{{ '{{' }}{{ \"{%\" }}", "{ {{ n }} }", "{{{'a': 1}}}", "{{ {} }}{% if {} %}x{% endif %}", "{{ (1, 2)\n  | join('-')\n}}", "{%\nif t\n%}a{%\nendif\n%}", "{%- set x = [\n 1,\n 2,\n] -%}{{ x }}",
    "{% for message in messages %}{{ '<|' + message['role'] + '|>' }}{% if message.content %}{{ message.content | trim }}{% elif message.tool_calls is defined %}{% for c in message.tool_calls %}{{ c.function.name }}({{ c.function.arguments | tojson }}){% endfor %}{% endif %}\n{% endfor %}",
    "{%- for m in messages -%}\n    {%- if loop.first -%}\n        {{- 'S:' -}}\n    {%- endif -%}\n    {{- m.role + '\\n' -}}\n{%- endfor -%}\n\n{{- 'end' }}\n",
    "{% if messages[0]['role'] == 'system' %}{% set system = messages[0]['content'] %}{% set rest = messages[1:] %}{% else %}{% set rest = messages %}{% endif %}{{ system }}|{{ rest | length }}",
    "{% for m in messages | selectattr('content') %}{{ loop.index }}{{ m.role }}{% endfor %}", "{{ messages | map(attribute='role') | join(',') }}", "{{ messages[-1].tool_calls[0].function.arguments.items() | list }}",
]


def main():
    env = environment()
    cases = []
    templates = ["{{ " + part.strip() + " }}" for line in EXPRESSIONS for part in split_expressions(line)]
    for template in templates + TEMPLATES:
        case = {"template": template}
        try:
            compiled = env.from_string(template)
        except (jinja2.exceptions.TemplateError, SyntaxError):
            cases.append(case | {"error": ""})
            continue
        try:
            text = compiled.render(**json.loads(json.dumps(VARIABLES)))
            if " object at 0x" in text or "<" in text and ("dict_" in text or "<bound" in text or "<built" in text or "<generator" in text or "<Namespace" in text):
                continue
            cases.append(case | {"text": text})
        except Exception as fault:
            cases.append(case | {"error": str(fault)})
    json.dump({"jinja": jinja2.__version__, "variables": VARIABLES, "cases": cases}, sys.stdout, ensure_ascii=True, indent=0)
    print()


def split_expressions(line):
    # " | " separates expressions and is the filter sign as well: an expression goes on while the next word is a filter's.
    parts = []
    filters = set(environment().filters)
    for part in line.split(" | "):
        name = part.split("(")[0].split(" ")[0].split(".")[0]
        if parts and name in filters and not part.startswith(("'", '"')):
            parts[-1] += " | " + part
        else:
            parts.append(part)
    return parts


main()
