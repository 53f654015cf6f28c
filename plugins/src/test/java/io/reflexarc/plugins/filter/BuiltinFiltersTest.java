// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.plugins.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reflexarc.core.json.JsonText;
import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.source.FilterCatalogue;
import io.reflexarc.core.source.PluginPath;
import java.util.List;
import org.junit.jupiter.api.Test;

final class BuiltinFiltersTest {
    private static final FilterCatalogue FILTERS = new FilterCatalogue(List.of(BuiltinFilter.class), PluginPath.NONE);

    /** The filter's results; all JSON here is written with single quotes. */
    private static List<String> filtered(String filter, String arguments, String event) {
        return FILTERS
                .decode("eda.builtin." + filter, json(arguments))
                .apply((ObjectNode) json(event).tree())
                .stream()
                .map(result -> JsonText.of(result).toString().replace('"', '\''))
                .toList();
    }

    private static JsonText json(String text) {
        return JsonText.ofString(text.replace('\'', '"'));
    }

    private static void refused(String filter, String arguments, String event, String sentence) {
        assertThatThrownBy(() -> filtered(filter, arguments, event))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining(sentence);
    }

    @Test
    void dashesBecomeUnderscoresAtAnyDepth() {
        assertThat(filtered("dashes_to_underscores", "{}", "{'a-b':{'c-d':[{'e-f':1}]},'x_y':1,'x-y':2}"))
                .containsExactly("{'x_y':2,'a_b':{'c_d':[{'e_f':1}]}}");
        assertThat(filtered("dashes_to_underscores", "{'overwrite':false}", "{'x_y':1,'x-y':2}"))
                .containsExactly("{'x_y':1}");
    }

    @Test
    void keysAreNormalized() {
        assertThat(filtered("normalize_keys", "{}", "{'a.b':1,'d--k':3,'é':4,'l':[{'c d':5}],'k-':8,'-':9}"))
                .containsExactly("{'a_b':1,'d_k':3,'é':4,'l':[{'c_d':5}],'k_':8,'_':9}");
        assertThat(filtered("normalize_keys", "{'overwrite':false}", "{'a.b':1,'a_b':2}"))
                .containsExactly("{'a_b':2}");
        assertThat(filtered("normalize_keys", "{}", "{'a_b':2,'a.b':1}")).containsExactly("{'a_b':1}");
    }

    @Test
    void keysAreTakenOutByPatternUnlessTheyAreIncluded() {
        String event = "{'data':1,'internal_id':4,'internal_x':3,'n':{'internal_y':1,'keep':2},'l':[{'internal_z':1}]}";
        assertThat(filtered("json_filter", "{'exclude_keys':['internal_*'],'include_keys':['internal_id']}", event))
                .containsExactly("{'data':1,'internal_id':4,'n':{'keep':2},'l':[{'internal_z':1}]}");
        assertThat(filtered("json_filter", "{'exclude_keys':['*'],'include_keys':['n']}", event))
                .containsExactly("{'n':{}}");
        assertThat(filtered("json_filter", "{'exclude_keys':['[dl]*', 'k??p'],'include_keys':null}", event))
                .containsExactly("{'internal_id':4,'internal_x':3,'n':{'internal_y':1}}");
        assertThat(filtered("json_filter", "{'exclude_keys':['[!n]*', '[x']}", event))
                .containsExactly("{'n':{}}");
    }

    @Test
    void hostsGoIntoMeta() {
        assertThat(filtered("insert_hosts_to_meta", "{'host_path':'a.t'}", "{'a':{'t':'s1'}}"))
                .containsExactly("{'a':{'t':'s1'},'meta':{'hosts':['s1']}}");
        assertThat(filtered(
                        "insert_hosts_to_meta",
                        "{'host_path':'/a/t/0','host_separator':',','path_separator':'/'}",
                        "{'a':{'t':['s1,s2']},'meta':{'k':1}}"))
                .containsExactly("{'a':{'t':['s1,s2']},'meta':{'k':1,'hosts':['s1','s2']}}");
        assertThat(filtered("insert_hosts_to_meta", "{'host_path':'*.t'}", "{'a':{'t':['s1','s2']}}"))
                .containsExactly("{'a':{'t':['s1','s2']},'meta':{'hosts':['s1','s2']}}");
        assertThat(filtered("insert_hosts_to_meta", "{}", "{'x':1}")).containsExactly("{'x':1}");
        assertThat(filtered("insert_hosts_to_meta", "{'host_path':'a.t'}", "{'x':1}"))
                .containsExactly("{'x':1}");
    }

    @Test
    void hostsThatAreNoneAreRefused() {
        refused("insert_hosts_to_meta", "{'host_path':'a','raise_error':true}", "{'x':1}", "does not contain a");
        refused("insert_hosts_to_meta", "{'host_path':'a'}", "{'a':5}", "no host name");
        refused("insert_hosts_to_meta", "{'host_path':'a'}", "{'a':['x',5]}", "no host name");
        refused("insert_hosts_to_meta", "{'host_path':'a'}", "{'a':'x','meta':5}", "no mapping");
        refused("insert_hosts_to_meta", "{'host_path':'*'}", "{'a':'x','b':'y'}", "fits 2 places");
    }

    @Test
    void anEventIsSplit() {
        String arguments = "{'splitter_key':'in.alerts','attributes_key_map':{'id':'in.id','no':'in.no'},"
                + "'extras':{'id2':7,'n':9},'raise_error':true}";
        assertThat(filtered("event_splitter", arguments, "{'in':{'id':5,'alerts':[{'n':1},{'m':2}]},'meta':{}}"))
                .containsExactly("{'n':9,'id':5,'id2':7}", "{'m':2,'id':5,'id2':7,'n':9}");
        assertThat(filtered("event_splitter", "{'splitter_key':'a'}", "{'a':[]}"))
                .isEmpty();
        assertThat(filtered("event_splitter", "{'splitter_key':'a'}", "{'b':1}"))
                .containsExactly("{'b':1}");
    }

    @Test
    void whatCannotBeSplitIsRefused() {
        refused("event_splitter", "{'splitter_key':'a','raise_error':true}", "{'b':1}", "no a");
        refused("event_splitter", "{'splitter_key':'a'}", "{'a':{'n':1}}", "no list of mappings");
        refused("event_splitter", "{'splitter_key':'a'}", "{'a':'s'}", "no list of mappings");
        refused("event_splitter", "{'splitter_key':'a'}", "{'a':[1]}", "no list of mappings");
        refused("event_splitter", "{'splitter_key':'a'}", "{'a':null}", "no list of mappings");
        refused("event_splitter", "{}", "{'a':null}", "splitter_key is missing");
    }

    @Test
    void metaInformationIsInsertedWhereThereIsNone() {
        String arguments = "{'source_name':'n','source_type':'t'}";
        assertThat(filtered("insert_meta_info", arguments, "{'a':1}"))
                .containsExactly("{'a':1,'meta':{'source':{'name':'n','type':'t'}}}");
        assertThat(filtered("insert_meta_info", arguments, "{'meta':{'source':{'name':'mine'}}}"))
                .containsExactly("{'meta':{'source':{'name':'mine','type':'t'}}}");
        refused("insert_meta_info", arguments, "{'meta':5}", "no mapping");
        refused("insert_meta_info", "{}", "{}", "both needed");
    }

    @Test
    void nothingIsDoneByTheFilterThatDoesNothing() {
        assertThat(filtered("noop", "{}", "{'a':1}")).containsExactly("{'a':1}");
    }

    @Test
    void oldNamesStandForTheNewOnes() {
        assertThat(FILTERS.decode("ansible.eda.dashes_to_underscores", JsonText.EMPTY_OBJECT))
                .isInstanceOf(DashesToUnderscores.class);
    }
}
