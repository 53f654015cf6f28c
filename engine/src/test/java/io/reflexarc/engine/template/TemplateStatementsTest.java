// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.engine.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.reflexarc.core.json.JsonText;
import io.reflexarc.core.problem.ProblemException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TemplateStatementsTest {
    private static final JsonNode VARIABLES = JsonText.ofString("{\"i\":7}").tree();
    private static final JsonNode EVENT = JsonText.ofString(
                    "{\"l\":[3,1,2],\"nest\":[[1,2],[3,[4,5]]],\"lo\":[{\"n\":\"b\",\"t\":{\"u\":1}},{\"n\":\"a\"}]}")
            .tree();

    private final Templates templates = new Templates();
    private final TemplateContext context = TemplateContext.ofEvent(VARIABLES, EVENT, 7);

    private JsonNode render(String template) {
        return templates.render(JsonText.of(template), context).tree();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "{% macro m(a, b=2) %}{{ a }}-{{ b }}{% endmacro %}{{ m(1, b=3) }} {{ m(a=5) }};\"1-3 5-2\"",
                "{% macro m(a) %}{{ a }}{% endmacro %}{{ m(1) + 1 }};2",
                "{% macro m() %}{{ varargs }}{{ kwargs }}{% endmacro %}{{ m(1, 2, x=3) }};\"(1, 2){'x': 3}\"",
                "{% macro m(a, b=a) %}{{ b }}{% endmacro %}{{ m(4) }};4",
                "{% macro m() %}{{ q }}{% endmacro %}{% set q = 3 %}{{ m() }};3",
                "{% macro m() %}<{{ caller() }}>{% endmacro %}{% call m() %}in{% endcall %}{{ '' }};\"<in>\"",
                "{% macro m(x) %}{% for i in x %}{{ caller(i) }},{% endfor %}{% endmacro %}"
                        + "{% call(v) m(event.l) %}v{{ v }}{% endcall %}{{ '' }};\"v3,v1,v2,\"",
                "{% macro f(n) %}{% if n <= 1 %}1{% else %}{{ n * f(n - 1) }}{% endif %}{% endmacro %}{{ f(5) }};120",
                "{% with x = 5, y = i %}{{ x + y }}{% endwith %};12",
                "{% with %}{% set z = 1 %}{% endwith %}{{ z is defined }};false",
                "{% set x | int %}5{% endset %}{{ x + 1 }};6",
                "{% filter replace('a', 'b') | upper %}aaa{% endfilter %}{{ '' }};\"BBB\"",
                "{% block b %}x{% endblock b %}{{ i }};\"x7\"",
                "{% set ns = namespace(t=0) %}{% for x in event.l %}{% set ns.t = ns.t + x %}{% endfor %}{{ ns.t }};6",
                "{% for x in event.l %}{{ loop.cycle('a', 'b') }}{% endfor %};\"aba\"",
                "{% for x in [1, 1, 2] %}{{ loop.changed(x) }} {% endfor %};\"True False True \"",
                "{% for x in event.nest recursive %}{% if x is iterable %}[{{ loop(x) }}]{% else %}{{ x }}{% endif %}"
                        + "{% endfor %};\"[12][3[45]]\"",
                "{% set c = cycler(1, 2) %}{{ c.next() }}{{ c.current }}{{ c.next() }}{{ c.next() }};1221",
                "{% set j = joiner('-') %}{% for x in event.l %}{{ j() }}{{ x }}{% endfor %};\"3-1-2\"",
                "{{ event.lo | groupby('t.u', default=0) | map(attribute='grouper') | list }};[0,1]",
                "{{ event.lo | sort(attribute='n,t') | map(attribute='n') | list }};[\"a\",\"b\"]",
                "{{ '{:>5}|{:<4}|{:^5}'.format('a', 3, 'b') }};\"    a|3   |  b  \"",
                "{{ '{0[a]} {x!r} {1:+.1f}'.format({'a': 1}, 2.25, x='y') }};\"1 'y' +2.2\"",
                "{{ 'x{:,}'.format(1234567) }};\"x1,234,567\"",
                "{{ {'a': 1, 'b': 'x y'} | urlencode }};\"a=1&b=x+y\"",
                "{{ 'hello world foo' | wordwrap(5) }};\"hello\\nworld\\nfoo\"",
                "{{ {'a': 1, 'b': none} | xmlattr }};\" a=\\\"1\\\"\"",
                "{{ {'a': 1}.keys() | list }};[\"a\"]",
            })
    void givesWhatJinjaGives(String template, String expected) {
        assertThat(render(template)).isEqualTo(JsonText.ofString(expected).tree());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
                "{% for x in [[1]] recursive %}{{ loop([[1]]) }}{% endfor %}",
                "{% macro m(a) %}x{% endmacro %}{{ m(1, 2) }}",
                "{% macro m(a) %}x{% endmacro %}{{ m(b=1) }}",
                "{% macro m(a) %}{{ a }}{% endmacro %}{{ m() }}",
                "{% macro m() %}x{% endmacro %}{{ m }}",
                "{% set event.x = 1 %}{{ 1 }}",
                "{{ {'a': 1}.keys() }}",
                "{{ '{0.__class__}'.format(i) }}",
                "{% call nothing() %}x{% endcall %}{{ 1 }}",
            })
    void failsWhereJinjaFails(String template) {
        assertThatThrownBy(() -> render(template)).isInstanceOf(ProblemException.class);
    }
}
