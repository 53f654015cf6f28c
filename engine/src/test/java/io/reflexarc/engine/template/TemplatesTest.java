// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.reflexarc.core.json.JsonText;
import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.problem.ProblemType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TemplatesTest {
    private static final JsonNode VARIABLES = JsonText.ofString(
                    "{\"v\":\"var\",\"event\":\"hidden\",\"tmpl\":\"{{ v }}\"}")
            .tree();
    private static final JsonNode EVENT = JsonText.ofString("""
                    {"i":5,"f":2.5,"s":"Host1.Example","b":true,"n":null,"e":"","l":[3,1,2],"k":"a key",
                     "d":{"b":1,"a":{"c":[{"x":1},{"x":2}]}},"items":"shadow","lo":[{"n":"b","v":1},{"n":"a","v":2}],
                     "big":9007199254740993,"u":"日本é😀","q":"it's"}""").tree();

    private final Templates templates = new Templates();
    private final TemplateContext context = TemplateContext.ofEvent(VARIABLES, EVENT, 7);

    private JsonNode render(String template) {
        return templates.render(JsonText.of(template), context).tree();
    }

    private static JsonNode json(String json) {
        return JsonText.ofString(json).tree();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "{{ event.i }}; 5",
                "{{ event.f }}; 2.5",
                "{{ event.b }}; true",
                "{{ event.n }}; null",
                "{{ event.l }}; [3,1,2]",
                "{{ event.e }}; \"\"",
                "{{ event.big }}; 9007199254740993",
                "{{ event.d.a.c[1].x }}; 2",
                "{{ event['k'] }}; \"a key\"",
                "{{ event.l[-1] }}; 2",
                "x{{ event.i }}; \"x5\"",
                "{{ event.i }}{{ event.i }}; 55",
                "{{ event.i }} {{ event.i }}; \"5 5\"",
                "{{ event.l }}x; \"[3, 1, 2]x\"",
                "{{ event.d }}.; \"{'b': 1, 'a': {'c': [{'x': 1}, {'x': 2}]}}.\"",
                "{{ [event.q, none, true, 1.0] }}.; \"[\\\"it's\\\", None, True, 1.0].\"",
                "{{ v }}; \"var\"",
                "{{ event.u }}!; \"日本é😀!\"",
                "{{ tmpl }}; \"{{ v }}\"",
                "{{ '5' }}; 5",
                "{{ '007' }}; \"007\"",
                "{{ 'true' }}; \"true\"",
                "{{ 'True' }}; true",
                "{{ '1_000' }}; 1000",
                "{{ '0x10' }}; 16",
                "{{ '[1, (2,), {\"a\": None}]' }}; [1,[2],{\"a\":null}]",
                "{{ '1e3' }}; 1000.0",
                "{{ '- 1' }}; -1",
                "{{ '2024-01-02' }}; \"2024-01-02\"",
                "{{ '1, 2' }}; [1,2]",
                "{{ \"'a' 'b'\" }}; \"ab\"",
                "{{ ' 1' }}; \" 1\"",
                "{{ '1 # one' }}; 1",
                "{{ '--1' }}; \"--1\"",
                "{{ '[1' }}; \"[1\"",
            })
    void keepsTypesAsNativeJinjaDoes(String template, String json) {
        assertThat(render(template)).isEqualTo(json(json));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "{{ 7 / 2 }}; 3.5",
                "{{ -7 // 2 }}; -4",
                "{{ -7 % 3 }}; 2",
                "{{ 2 ** 10 }}; 1024",
                "{{ -2 ** 2 }}; 4",
                "{{ 1 ~ 2 * 3 }}; 16",
                "{{ 'a' * 3 }}; \"aaa\"",
                "{{ [1] + [2] }}; [1,2]",
                "{{ 1 < 2 < 3 }}; true",
                "{{ 1 == 1.0 }}; true",
                "{{ 'b' in 'abc' }}; true",
                "{{ 'b' in event.d }}; true",
                "{{ 4 not in event.l }}; true",
                "{{ not event.e }}; true",
                "{{ event.e or 'x' }}; \"x\"",
                "{{ event.n and 1 }}; null",
                "{{ 'a' if event.i > 9 else 'b' }}; \"b\"",
                "{{ event.s[0:4] }}; \"Host\"",
                "{{ event.l[::-1] }}; [2,1,3]",
                "{{ {'a': event.i}['a'] }}; 5",
                "{{ 10 ** 30 }}; 1000000000000000000000000000000",
                "{{ '%s-%03d' % ('a', 7) }}; \"a-007\"",
                "{{ event.items }}; \"shadow\"",
                "{{ event.d.items() | list | first }}; [\"b\",1]",
                "{{ event.get('i') }}; 5",
                "{{ event.get('zz', 1) }}; 1",
                "{{ event.s.split('.') }}; [\"Host1\",\"Example\"]",
                "{{ event.s.lower().startswith('host') }}; true",
                "{{ '-'.join(['a','b']) }}; \"a-b\"",
                "{{ 'a b'.title() }}; \"A B\"",
                "{{ '{} {x}'.format(1, x=2) }}; \"1 2\"",
            })
    void calculatesAsPythonDoes(String template, String json) {
        assertThat(render(template)).isEqualTo(json(json));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "{{ event.zz | default('d') }}; \"d\"",
                "{{ event.e | default('d', true) }}; \"d\"",
                "{{ event.n | default('d') }}; null",
                "{{ event.l | sort }}; [1,2,3]",
                "{{ event.l | sort(reverse=true) | join('-') }}; \"3-2-1\"",
                "{{ event.l | sum }}; 6",
                "{{ event.lo | map(attribute='n') | list }}; [\"b\",\"a\"]",
                "{{ event.lo | sort(attribute='n') | map(attribute='v') | list }}; [2,1]",
                "{{ event.lo | selectattr('v', 'gt', 1) | list | length }}; 1",
                "{{ event.l | select('odd') | list }}; [3,1]",
                "{{ event.l | map('string') | join }}; 312",
                "{{ event.d | dictsort | first | first }}; \"a\"",
                "{{ event.l | tojson }}; [3,1,2]",
                "{{ event.q | tojson }}x; \"\\\"it\\\\u0027s\\\"x\"",
                "{{ event.f | round }}; 2.0",
                "{{ 'x' | int(9) }}; 9",
                "{{ '42' | int }}; 42",
                "{{ '4.7' | int }}; 4",
                "{{ '4.7' | float }}; 4.7",
                "{{ 'a,b' | replace(',', '/', 1) }}; \"a/b\"",
                "{{ 'hello world foo' | truncate(11, false, '...', 0) }}; \"hello...\"",
                "{{ 'a\\nb' | indent }}; \"a\\n    b\"",
                "{{ [1,1,2] | unique | list }}; [1,2]",
                "{{ 'a b' | urlencode }}; \"a%20b\"",
                "{{ 1500 | filesizeformat }}; \"1.5 kB\"",
                "{{ range(2, 8, 3) | list }}; [2,5]",
                "{{ 'yes' | bool }}; true",
                "{{ 'ab12' | regex_replace('(?P<x>[a-z]+)', '<\\\\g<x>>') }}; \"<ab>12\"",
                "{{ '/a/../b//c/' | normpath }}; \"/b/c\"",
                "{{ '/a/b/c.txt' | basename }}; \"c.txt\"",
                "{{ '/a/b/c.txt' | dirname }}; \"/a/b\"",
                "{{ event.s is defined and event.zz is not defined }}; true",
                "{{ 4 is divisibleby 2 }}; true",
                "{{ event.i is in [5] }}; true",
            })
    void filtersAndTestsAsJinjaDoes(String template, String json) {
        assertThat(render(template)).isEqualTo(json(json));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '@',
            quoteCharacter = '`',
            value = {
                "{% if event.i > 3 %}{{ 'big' }}{% else %}small{% endif %}@\"big\"",
                "{% if event.i > 9 %}{{ 'big' }}{% elif event.b %}mid{% endif %}@\"mid\"",
                "{% if event.e %}{{ 1 }}{% endif %}@null",
                "{% for x in event.l %}{{ loop.index }}{{ x }}{{ '' if loop.last else '/' }}{% endfor %}@\"13/21/32\"",
                "{% for k, v in event.d.items() if k == 'b' %}{{ k }}={{ v }}{% else %}none{% endfor %}@\"b=1\"",
                "{% for x in [] %}{{ x }}{% else %}none{% endfor %}@\"none\"",
                "{% set z = event.i + 1 %}{{ z }}@6",
                "{% set z %}a{{ event.i }}{% endset %}{{ z }}@\"a5\"",
                "{# note #}{{ event.i }}@5",
                "a  {{- event.i -}}  b@\"a5b\"",
                "{{ event.i }} {% raw %}{{ x }}{% endraw %}@\"5 {{ x }}\"",
            })
    void runsStatements(String template, String json) {
        assertThat(render(template)).isEqualTo(json(json));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '@',
            quoteCharacter = '`',
            value = {
                "{{ nope }}@'nope' is undefined",
                "{{ nope.x }}@'nope' is undefined",
                "x{{ event.nope }}@'dict object' has no attribute 'nope'",
                "{{ event.nope.deeper }}@'dict object' has no attribute 'nope'",
                "{{ event.nope + 1 }}@'dict object' has no attribute 'nope'",
                "{{ event.s.foo() }}@'str object' has no attribute 'foo'",
                "{{ now() }}@'now' is undefined",
                "{{ }}@Expected an expression, got 'end of print statement'",
                "{{ event.i +}}@unexpected 'end of print statement'",
                "}} {{@unexpected 'end of template'",
                "{{ 1/0 }}@division by zero",
                "{{ event.i | nosuch }}@No filter named 'nosuch'.",
                "{{ event.i is nosuch }}@No test named 'nosuch'.",
                "{{ 1 + 'a' }}@unsupported operand type(s) for +: 'int' and 'str'",
                "{{ 1 < 'a' }}@'<' not supported between instances of 'int' and 'str'",
                "{{ event.l | map('int') }}@cannot pickle 'generator' object",
                "{% include 'x' %}{{ 1 }}@Encountered unknown tag 'include'.",
                "{{ 'maybe' | bool }}@Cannot convert 'maybe' to boolean. Expected: true/false, yes/no, 1/0, on/off, t/f, y/n",
            })
    void failsAsTheOriginalDoes(String template, String message) {
        assertThatThrownBy(() -> render(template)).isInstanceOfSatisfying(ProblemException.class, problem -> {
            assertThat(problem.type()).isEqualTo(ProblemType.INVALID);
            assertThat(problem.detail()).isEqualTo(message);
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{{ ''.__class__ }}",
                "{{ ''.__class__.__mro__ }}",
                "{{ event.getClass() }}",
                "{{ event.s.getClass().forName('x') }}",
                "{{ event['class'] }}",
                "{{ self }}",
                "{{ request }}",
                "{{ ____int3rpr3t3r____ }}",
                "{{ event | attr('x') }}",
                "{{ event.s.__init__.__globals__ }}",
                "{{ lookup('pipe', 'id') }}",
                "{{ cycler.__init__ }}",
                "{{ '{0.__class__}'.format(event) }}",
                "{{ event.s | map('attr', 'x') | list }}",
                "{{ ''.class.forName('a') }}",
                "{% import 'os' as os %}{{ os }}",
                "{% extends 'x' %}{{ 1 }}",
                "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
            })
    void hasNoWayOut(String template) {
        assertThatThrownBy(() -> render(template)).isInstanceOf(ProblemException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{{ range(10 ** 9) }}",
                "{{ 'a' * 10 ** 9 }}",
                "{{ [1] * 10 ** 9 }}",
                "{{ 9 ** 99999 }}",
                "{{ 10 ** (10 ** 20) }}",
                "{% for a in range(9999) %}{% for b in range(9999) %}{{ b }}{% endfor %}{% endfor %}",
                "{{ 'a' | center(10 ** 9) }}",
                "{{ '%999999d' % 1 * 99 }}",
                "{{ ('x' * 40) | regex_replace('((x+)+x+)+\\\\1y', '') }}",
                "{% for i in range(2000) %}{{ 'a' * 1000 }}{% endfor %}",
                "{{ 'a' | replace('', 'x' * 900000) | replace('x', 'y' * 1000) }}",
            })
    void stopsWhatCostsTooMuch(String template) {
        assertThatThrownBy(() -> render(template)).isInstanceOf(ProblemException.class);
    }

    @Test
    void stopsAtNestingThatNobodyWrites() {
        assertThatThrownBy(() -> render("{{ " + "(".repeat(5_000) + "1" + ")".repeat(5_000) + " }}"))
                .isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> render("{{ " + "not ".repeat(5_000) + "1 }}")).isInstanceOf(ProblemException.class);
        assertThat(render("{{ '" + "[".repeat(5_000) + "' }}")).isEqualTo(json("\"" + "[".repeat(5_000) + "\""));
    }

    @Test
    void rendersDeepInsideButNoKeys() {
        JsonText arguments =
                JsonText.ofString("{\"a\":[{\"{{ event.i }}\":\"{{ event.i }}\"}],\"b\":1.50,\"c\":\"{{ half\"}");

        assertThat(templates.render(arguments, context).tree())
                .isEqualTo(JsonText.ofString("{\"a\":[{\"{{ event.i }}\":5}],\"b\":1.5,\"c\":\"{{ half\"}")
                        .tree());
    }

    @Test
    void givesArgumentsWithoutTemplatesBackUntouched() {
        JsonText arguments = JsonText.ofString("{\"a\" : 1}");

        assertThat(templates.render(arguments, context)).isSameAs(arguments);
    }

    @Test
    void picksTheSameAtRandomForTheSameSeed() {
        String template = "{{ range(1000000 // 100) | random }}";

        assertThat(render(template)).isEqualTo(render(template));
        assertThat(templates
                        .render(JsonText.of(template), TemplateContext.ofEvent(VARIABLES, EVENT, 8))
                        .tree())
                .isNotEqualTo(render(template));
    }

    @Test
    void givesTextForRulebooks() {
        JsonText variables = JsonText.ofString("{\"i\":5,\"l\":[\"a\"],\"t\":true}");

        assertThat(templates.text("{{ i }}", variables)).isEqualTo("5");
        assertThat(templates.text("{{ l }}", variables)).isEqualTo("['a']");
        assertThat(templates.text("pre-{{ t }}", variables)).isEqualTo("pre-True");
        assertThatThrownBy(() -> templates.text("{{ x }}", variables)).isInstanceOf(ProblemException.class);
    }
}
