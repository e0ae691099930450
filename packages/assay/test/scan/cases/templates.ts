import type { ReasonId } from "../../../src/risk/reasons.ts";
import type { ScanCase } from "../../support/scan/case.ts";
import { gguf, ggufWithTemplate } from "../../support/scan/gguf.ts";

/** In the style of published ones, and as small as shows the point. */
const HONEST: Readonly<Record<string, string>> = {
  "without any tag": "### Instruction:\n",
  "in ChatML":
    "{% for message in messages %}{{'<|im_start|>' + message['role'] + '\\n' + message['content'] + '<|im_end|>' + '\\n'}}{% endfor %}" +
    "{% if add_generation_prompt %}{{ '<|im_start|>assistant\\n' }}{% endif %}",
  "that checks the order of roles":
    "{{ bos_token }}{% for message in messages %}{% if (message['role'] == 'user') != (loop.index0 % 2 == 0) %}" +
    "{{ raise_exception('Roles must alternate') }}{% endif %}{{ '[INST] ' ~ message.content | trim ~ ' [/INST]' }}{% endfor %}",
  "with tools and the date":
    "{%- set date = strftime_now('%d %b %Y') if strftime_now is defined else '26 Jul 2024' -%}{%- if tools is not none %}" +
    "{%- for tool in tools %}{{- tool | tojson(indent=4) }}{%- endfor %}{%- endif %}",
  "with a namespace and a look back":
    "{%- set ns = namespace(found=false, last=messages|length - 1) %}{%- for message in messages[::-1] %}{%- set index = (messages|length - 1) - loop.index0 %}" +
    "{%- if not ns.found and messages[index].role == 'user' %}{%- set ns.found = true %}{%- set ns.last = index %}{%- endif %}{%- endfor %}" +
    "{{- messages[ns.last].content.split('</think>')[-1].lstrip('\\n') }}",
  "with macros over a schema":
    "{%- macro keys(fields, shown) %}{%- for key, value in fields | items %}{%- if key not in shown %}{{ key }}: {{ fields[key] | string }}{%- endif %}" +
    "{%- endfor %}{%- endmacro %}{%- for tool in tools %}{{ keys(tool.function, ['name', 'strict']) }}{%- endfor %}",
  "with parts of content":
    "{% for part in messages[0].content | selectattr('type', 'equalto', 'text') %}{{ part.text }}{% endfor %}" +
    "{{ messages | map(attribute='role') | join(', ') }}{{ messages | rejectattr('role', 'equalto', 'system') | list | length }}",
  "that marks what is generated": "{% for m in messages %}{% generation %}{{ m.content }}{% endgeneration %}{% endfor %}",
  "that looks up a role": "{%- set marks = {'user': '<u>', 'assistant': '<a>'} %}{% for m in messages %}{{ marks[m.role] }}{% endfor %}",
  "that collects in a list": "{%- set ids = [] %}{% for m in messages %}{{- ids.append(m.id) or '' }}{% endfor %}{{ ids | unique | join }}",
  "that looks past a tool":
    "{% for m in messages %}{{ messages[loop.index0 - 1].role if loop.index0 > 0 }}{{ messages[loop.index0 + 1]['role'] }}{% endfor %}",
  "with a filter block, breaks and comments":
    "{#- not shown -#}{% filter upper %}{{ system }}{% endfilter %}{% for m in messages %}{% if m.stop %}{% break %}{% endif %}{% endfor %}",
  "that formats a text": "{%- set mark = '<tool{}>'.format(suffix) %}{{ mark }}{{ '%s: %s' | format(role, content) }}",
  "that keeps its white space": "{%+ if x +%} y {%+ endif %}",
  "with dunders in its text only": "Write __init__ where Python asks for it. {{ messages[0].content }}",
};

/** What reaches code, or may: template, reason, outcome. */
const HOSTILE: readonly (readonly [name: string, template: string, reason: ReasonId, expect?: "unknown"])[] = [
  [
    "walks from a text to all classes (CVE-2024-34359)",
    "{% for x in ().__class__.__base__.__subclasses__() %}{{ x }}{% endfor %}",
    "template/hidden-attribute",
  ],
  ["takes os from a global of Jinja", "{{ cycler.__init__.__globals__.os.popen('id').read() }}", "template/hidden-attribute"],
  ["calls popen", "{{ x.os.popen('id') }}", "template/runs-code"],
  ["calls eval", "{{ eval('1') }}", "template/runs-code"],
  ["subscripts a dunder", "{{ messages['__class__'] }}", "template/hidden-attribute"],
  ["escapes the underscores", "{{ messages['\\x5f\\x5fclass\\x5f\\x5f'] }}", "template/hidden-attribute"],
  ["escapes the underscores by u", "{{ messages['\\u005f_class__'] }}", "template/hidden-attribute"],
  ["escapes the underscores in octal", "{{ messages['\\137\\137class\\137\\137'] }}", "template/hidden-attribute"],
  ["joins a dunder by ~", "{{ messages['__cl' ~ 'ass__'] }}", "template/hidden-attribute"],
  ["joins a dunder by +", "{{ messages['__cl' + 'ass__'] }}", "template/hidden-attribute"],
  ["joins a dunder by texts in a row", "{{ messages['__cl' 'ass__'] }}", "template/hidden-attribute"],
  ["joins a dunder by join", "{{ messages[['__cl', 'ass__'] | join] }}", "template/hidden-attribute"],
  ["turns a dunder around", "{{ messages['__ssalc__' | reverse] }}{{ messages['__ssalc__'[::-1]] }}", "template/hidden-attribute"],
  ["lowers a dunder", "{{ messages['__CLASS__' | lower] }}", "template/hidden-attribute"],
  ["formats a dunder", "{{ messages['%s%s' | format('__cl', 'ass__')] }}", "template/hidden-attribute"],
  ["doubles an underscore", "{% set u = '_' * 2 %}{{ messages[u ~ 'class' ~ u] }}", "template/computed-name", "unknown"],
  ["keeps a dunder in a variable", "{% set key = '__class__' %}{{ messages[key] }}", "template/hidden-attribute"],
  ["loops over dunders", "{% for key in ['__class__'] %}{{ messages[key] }}{% endfor %}", "template/hidden-attribute"],
  ["keeps a dunder in a map", "{% set m = {'a': '__class__'} %}{{ messages[m.a] }}", "template/hidden-attribute"],
  ["keeps a dunder as a key", "{% for key in {'__class__': 1} %}{{ messages[key] }}{% endfor %}", "template/hidden-attribute"],
  [
    "keeps a dunder in a namespace",
    "{% set ns = namespace() %}{% set ns.key = '__class__' %}{{ messages[ns.key] }}",
    "template/hidden-attribute",
  ],
  ["hands a dunder to a macro", "{% macro m(key) %}{{ messages[key] }}{% endmacro %}{{ m('__class__') }}", "template/hidden-attribute"],
  [
    "spreads a dunder into a macro",
    "{% macro m(key) %}{{ messages[key] }}{% endmacro %}{{ m(*['__class__']) }}",
    "template/hidden-attribute",
  ],
  ["reads a dunder of varargs", "{% macro m() %}{{ messages[varargs[0]] }}{% endmacro %}{{ m('__class__') }}", "template/hidden-attribute"],
  ["appends a dunder", "{% set keys = [] %}{{ keys.append('__class__') }}{{ messages[keys[0]] }}", "template/hidden-attribute"],
  [
    "reads a dunder of the last round",
    "{% for key in ['__class__', ''] %}{{ messages[loop.previtem] }}{% endfor %}",
    "template/hidden-attribute",
  ],
  ["falls back to a dunder", "{{ messages[messages.get('x', '__class__')] }}", "template/hidden-attribute"],
  ["renders a dunder in a block", "{% set key %}__cla{{ 'ss' }}__{% endset %}{{ messages[key] }}", "template/computed-name", "unknown"],
  ["looks up what a token says", "{{ messages[bos_token] }}", "template/computed-name", "unknown"],
  ["looks up what a variable of the tokenizer may say", "{{ messages[image_marker] }}", "template/computed-name", "unknown"],
  ["splits a frame out of a text", "{{ (messages | map('upper'))['a gi_frame'.split(' ')[1]] }}", "template/computed-name", "unknown"],
  ["reads the frame of a generator", "{{ (messages | map('upper')).gi_frame.f_builtins }}", "template/hidden-attribute"],
  ["reads an attribute with one underscore", "{% macro m() %}{% endmacro %}{{ m._environment }}", "template/hidden-attribute"],
  ["uses the filter attr", "{{ messages | attr('x') }}", "template/attr-filter"],
  ["uses the filter attr by map", "{{ messages | map('attr', 'x') | list }}", "template/attr-filter"],
  ["uses the filter attr as a block", "{% filter attr('x') %}{% endfilter %}", "template/attr-filter"],
  ["maps a dunder", "{{ messages | map(attribute='a.__class__') | list }}", "template/hidden-attribute"],
  ["selects by a dunder", "{{ messages | selectattr('__class__') | list }}", "template/hidden-attribute"],
  ["takes a dunder from the keys of a dict", "{{ messages[dict(__class__=1) | first] }}", "template/computed-name", "unknown"],
  ["sorts by a dunder", "{{ messages | sort(attribute='__class__') }}", "template/hidden-attribute"],
  ["groups by a dunder", "{{ messages | groupby('__class__') }}", "template/hidden-attribute"],
  ["computes the name of a filter", "{{ messages | map(role) | list }}", "template/computed-call", "unknown"],
  ["formats attributes into a text", "{{ '{0.__class__}'.format(messages) }}", "template/unknown-name", "unknown"],
  ["uses format_map", "{{ x.format_map(messages) }}", "template/unknown-name", "unknown"],
  ["calls a method that is not listed", "{{ messages[0].content() }}", "template/unknown-name", "unknown"],
  ["calls a function that is not listed", "{{ lookup('x') }}", "template/unknown-name", "unknown"],
  ["calls a function by another name", "{% set f = raise_exception %}{{ f('x') }}", "template/unknown-name", "unknown"],
  ["calls what an expression gives", "{{ messages[0]() }}", "template/computed-call", "unknown"],
  ["uses a filter that is not listed", "{{ messages | random }}", "template/unknown-name", "unknown"],
  ["uses a test that is not listed", "{{ messages is odd_one }}", "template/unknown-name", "unknown"],
  ["uses lipsum", "{{ lipsum }}", "template/host-object", "unknown"],
  ["uses self", "{{ self }}", "template/host-object", "unknown"],
  ["uses request", "{{ request.args.x }}", "template/host-object", "unknown"],
  ["imports another template", "{% import 'x' as x %}{{ x.y }}", "template/include"],
  ["includes another template", "{% include 'x' %}", "template/include"],
  ["extends another template", "{%- extends 'x' %}", "template/include"],
  ["uses an unknown statement", "{% do messages.clear() %}", "template/not-parsed", "unknown"],
  ["does not end", "{% for m in messages %}", "template/not-parsed", "unknown"],
  [
    "hides code behind a tag that the parser removes",
    "{ {%- generation %}# {{ ''.__class__ }} #}{% endgeneration %}",
    "template/hidden-attribute",
  ],
  ["is nested too deep", `{{ ${"(".repeat(300)}1${")".repeat(300)} }}`, "template/too-large", "unknown"],
  ["has blocks nested too deep", `${"{% if x %}".repeat(300)}${"{% endif %}".repeat(300)}`, "template/too-large", "unknown"],
  ["is one long sum", `{{ 1${" + 1".repeat(5000)} }}`, "template/too-large", "unknown"],
  ["is one long row of not", `{{ ${"not ".repeat(50_000)}x }}`, "template/too-large", "unknown"],
  [
    "has exponentially many ways from name to name",
    `${Array.from({ length: 40 }, (_, at) => `{% set v${at} = [v${at + 1}, v${at + 1}, v${at + 1}] %}`).join("")}{{ messages[v0] }}`,
    "template/computed-name",
    "unknown",
  ],
  [
    "looks up very much",
    `${"{% set a = messages %}".repeat(2000)}${"{{ messages[a] }}".repeat(2000)}`,
    "template/computed-name",
    "unknown",
  ],
  ["is longer than a megabyte", `{{ x }}${"text ".repeat(210_000)}`, "template/too-large", "unknown"],
  ["is one long run of white space", `${" ".repeat(900_000)}{% include 'x' %}`, "template/include"],
];

/** Chat templates in GGUF; files that hold some have cases in configuration.ts. */
export const TEMPLATE_CASES: readonly ScanCase[] = [
  ...Object.entries(HONEST).map(([name, template]): ScanCase => ({
    name: `a chat template ${name} is data only`,
    kind: "benign",
    files: { "model.gguf": ggufWithTemplate(template) },
    expect: "data-only",
  })),
  ...HOSTILE.map(([name, template, reason, unknown]): ScanCase => ({
    name: `a chat template that ${name} is ${unknown ?? "code"}`,
    kind: "dangerous",
    files: { "model.gguf": ggufWithTemplate(template) },
    expect: unknown ?? "code",
    reasons: [reason],
  })),
  {
    name: "a GGUF file's second chat template is examined too",
    kind: "dangerous",
    files: { "model.gguf": ggufWithTemplate("{{ x.__class__ }}", "tokenizer.chat_template.tool_use") },
    expect: "code",
    reasons: ["template/hidden-attribute"],
  },
  {
    name: "of a chat template that a GGUF file has twice, both are examined",
    kind: "dangerous",
    files: {
      "model.gguf": gguf({
        metadata: [
          ["tokenizer.chat_template", "{{ x.__class__ }}"],
          ["tokenizer.chat_template", "{{ x }}"],
        ],
      }),
    },
    expect: "code",
    reasons: ["template/hidden-attribute", "gguf/duplicate-key"],
  },
  {
    name: "a chat template that is waived by the names it uses is data only",
    kind: "debatable",
    files: { "model.gguf": ggufWithTemplate("{{ lookup(x) | random }}") },
    allow: ["lookup", "random"],
    expect: "data-only",
  },
];
