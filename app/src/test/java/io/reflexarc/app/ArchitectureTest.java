// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.app;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import java.time.Clock;
import java.time.Instant;

/** The module graph and the homes of the libraries. What the poms cannot say is said here. */
@AnalyzeClasses(packages = "io.reflexarc", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {
    private static final String[] SERVICES = {
        "io.reflexarc.engine..",
        "io.reflexarc.eventstream..",
        "io.reflexarc.workers..",
        "io.reflexarc.scheduler..",
        "io.reflexarc.plugins..",
        "io.reflexarc.store..",
        "io.reflexarc.api.."
    };

    @ArchTest
    static final ArchRule coreKnowsNobody = noClasses()
            .that()
            .resideInAPackage("io.reflexarc.core..")
            .should()
            .dependOnClassesThat(resideInAPackage("io.reflexarc..")
                    .and(resideInAPackage("io.reflexarc.core..").negate()));

    @ArchTest
    static final ArchRule coreUsesOnlyItsFewLibraries = classes()
            .that()
            .resideInAPackage("io.reflexarc.core..")
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage(
                    "java..",
                    "io.reflexarc.core..",
                    "io.vertx.core..",
                    "io.netty..",
                    "com.fasterxml.jackson..",
                    "io.micrometer.core..",
                    "org.slf4j..",
                    "org.jspecify.."));

    @ArchTest
    static final ArchRule rulebooksHaveNoInputOrOutput = noClasses()
            .that()
            .resideInAPackage("io.reflexarc.rulebooks..")
            .should()
            .dependOnClassesThat(resideInAnyPackage("java.nio.file..", "java.net..", "io.vertx..", "org.drools.."));

    @ArchTest
    static final ArchRule pluginsAreIndependent = slices().matching("io.reflexarc.plugins.(*)..")
            .should()
            .notDependOnEachOther()
            // the one way out of the process, shared by all that call somebody
            .ignoreDependency(
                    resideInAPackage("io.reflexarc.plugins.."), resideInAPackage("io.reflexarc.plugins.outbound.."));

    @ArchTest
    static final ArchRule noPackageCycles =
            slices().matching("io.reflexarc.(*).(*)..").should().beFreeOfCycles();

    /** A server made elsewhere would read requests less strictly. */
    @ArchTest
    static final ArchRule serversAreMadeInOnePlace = noClasses()
            .that()
            .resideOutsideOfPackages("io.reflexarc.core.http..", "io.reflexarc.bench..", "io.reflexarc.faults..")
            .should()
            .callMethod(Vertx.class, "createHttpServer")
            .orShould()
            .callMethod(Vertx.class, "createHttpServer", HttpServerOptions.class);

    @ArchTest
    static final ArchRule nettyLivesWhereServersAreMade = noClasses()
            .that()
            .resideInAPackage("io.reflexarc.core..")
            .and()
            .resideOutsideOfPackage("io.reflexarc.core.http..")
            .should()
            .dependOnClassesThat(resideInAPackage("io.netty.."));

    @ArchTest
    static final ArchRule droolsLivesInTheEngine = onlyIn("org.drools..", "io.reflexarc.engine..");

    @ArchTest
    static final ArchRule redisLivesInEventStream = onlyIn("io.vertx.redis..", "io.reflexarc.eventstream..");

    @ArchTest
    static final ArchRule sqlLivesInStore = onlyIn("io.vertx.sqlclient..", "io.reflexarc.store..");

    @ArchTest
    static final ArchRule s3LivesInStore =
            onlyIn("software.amazon.awssdk..", "io.reflexarc.store..", "io.reflexarc.plugins.aws..");

    @ArchTest
    static final ArchRule yamlLivesInRulebooks = onlyIn("org.snakeyaml..", "io.reflexarc.rulebooks..");

    @ArchTest
    static final ArchRule routersLiveWhereHttpIsServed = onlyIn(
            "io.vertx.ext.web..",
            "io.reflexarc.eventstream..",
            "io.reflexarc.api..",
            "io.reflexarc.plugins..",
            "io.reflexarc.app..");

    @ArchTest
    static final ArchRule onlyTheProgramReadsTheClockAndTheEnvironment = noClasses()
            .that()
            .resideOutsideOfPackage("io.reflexarc.app..")
            .should()
            .callMethod(System.class, "getenv")
            .orShould()
            .callMethod(System.class, "getenv", String.class)
            .orShould()
            .callMethod(System.class, "getProperty", String.class)
            .orShould()
            .callMethod(System.class, "exit", int.class)
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(Clock.class, "systemUTC")
            .orShould()
            .callMethod(Thread.class, "sleep", long.class);

    @ArchTest
    static final ArchRule serviceModulesMeetOnlyInCore = servicesAreStrangers();

    private static ArchRule onlyIn(String library, String... homes) {
        return noClasses()
                .that(resideInAPackage("io.reflexarc..")
                        .and(resideInAnyPackage(homes).negate()))
                .should()
                .dependOnClassesThat(resideInAPackage(library));
    }

    private static ArchRule servicesAreStrangers() {
        return slices().matching("io.reflexarc.(engine|eventstream|workers|scheduler|plugins|store|api)..")
                .should()
                .notDependOnEachOther()
                .because("they meet in core's types and are tied together in app: " + String.join(" ", SERVICES));
    }
}
