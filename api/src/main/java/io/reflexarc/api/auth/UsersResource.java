// SPDX-License-Identifier: Apache-2.0
package io.reflexarc.api.auth;

import io.reflexarc.api.endpoint.Call;
import io.reflexarc.api.endpoint.Constraint.Length;
import io.reflexarc.api.endpoint.Endpoint;
import io.reflexarc.api.endpoint.Envelope;
import io.reflexarc.api.endpoint.Nothing;
import io.reflexarc.api.endpoint.QueryParameter;
import io.reflexarc.api.endpoint.Resource;
import io.reflexarc.core.account.AccountStore;
import io.reflexarc.core.account.Permission;
import io.reflexarc.core.account.Permission.Kind;
import io.reflexarc.core.account.Permission.Verb;
import io.reflexarc.core.account.Role;
import io.reflexarc.core.account.User;
import io.reflexarc.core.event.Secret;
import io.reflexarc.core.problem.ProblemException;
import io.reflexarc.core.problem.ProblemType;
import io.vertx.core.Vertx;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Who may log in, and as what. A changed role or password ends every session of the user. */
public final class UsersResource implements Resource {
    private static final String PATH = "/api/eda/v1/users/";

    private final Vertx vertx;
    private final AccountStore accounts;
    private final Passwords passwords;

    /** Users of this store. */
    public UsersResource(Vertx vertx, AccountStore accounts, Passwords passwords) {
        this.vertx = vertx;
        this.accounts = accounts;
        this.passwords = passwords;
    }

    @Override
    public List<Endpoint<?, ?>> endpoints() {
        return List.of(
                Endpoint.get(PATH + "me/", "The user who asks, and what it may do")
                        .signedIn()
                        .answers(200, UserView.class, call -> UserView.of(call.user())),
                Endpoint.patch(PATH + "me/", "Change one's own password")
                        .takes(OwnPassword.class)
                        .signedIn()
                        .answersNothing(this::changeOwnPassword),
                Endpoint.get(PATH, "List users")
                        .query(List.of(QueryParameter.text("name", "Part of the user name.")))
                        .needs(Verb.READ, Kind.USER)
                        .answersPage(UserView.class, this::list),
                Endpoint.post(PATH, "Create a user")
                        .takes(UserInput.class)
                        .fails(ProblemType.CONFLICT)
                        .needs(Verb.WRITE, Kind.USER)
                        .answers(201, UserView.class, this::create),
                Endpoint.get(PATH + "{id}/", "Show a user")
                        .needs(Verb.READ, Kind.USER)
                        .answers(200, UserView.class, call -> UserView.of(found(call.number("id")))),
                Endpoint.patch(PATH + "{id}/", "Change role or password of a user")
                        .takes(UserPatch.class)
                        .fails(ProblemType.CONFLICT)
                        .needs(Verb.WRITE, Kind.USER)
                        .answers(200, UserView.class, this::patch),
                Endpoint.delete(PATH + "{id}/", "Delete a user who is not the only admin")
                        .fails(ProblemType.CONFLICT)
                        .needs(Verb.WRITE, Kind.USER)
                        .answersNothing(this::delete));
    }

    private Nothing changeOwnPassword(Call<OwnPassword> call) {
        User user = call.user();
        String current = call.input().currentPassword().reveal();
        boolean good = vertx.executeBlocking(() -> passwords.verify(user.passwordHash(), current), false)
                .await();
        if (!good) {
            throw new ProblemException(ProblemType.INVALID, "The current password is another one.");
        }
        accounts.password(user.id(), hash(call.input().password())).await();
        return Nothing.NOTHING;
    }

    private Envelope<UserView> list(Call<Nothing> call) {
        return call.envelope(accounts.list(call.page()).await(), UserView::of);
    }

    private UserView create(Call<UserInput> call) {
        UserInput input = call.input();
        return UserView.of(accounts.create(input.username(), input.role(), hash(input.password()))
                .await());
    }

    private UserView patch(Call<UserPatch> call) {
        User user = found(call.number("id"));
        call.input()
                .role()
                .filter(wanted -> wanted != user.role())
                .ifPresent(wanted -> accounts.role(user.id(), wanted).await());
        call.input()
                .password()
                .ifPresent(
                        password -> accounts.password(user.id(), hash(password)).await());
        return UserView.of(found(user.id()));
    }

    private Nothing delete(Call<Nothing> call) {
        accounts.delete(call.number("id")).await();
        return Nothing.NOTHING;
    }

    private User found(long id) {
        return accounts.find(id)
                .await()
                .orElseThrow(() -> new ProblemException(ProblemType.NOT_FOUND, "There is no user " + id + "."));
    }

    private String hash(Secret password) {
        return vertx.executeBlocking(() -> passwords.hash(password.reveal()), false)
                .await();
    }

    /**
     * A user.
     *
     * @param id number
     * @param username unique
     * @param role what it is
     * @param organizationId where it belongs
     * @param permissions what it may do, e.g. {@code read:decision}
     */
    public record UserView(long id, String username, Role role, long organizationId, List<String> permissions) {
        static UserView of(User user) {
            Stream<Permission> all = Arrays.stream(Verb.values())
                    .flatMap(verb -> Arrays.stream(Kind.values()).map(kind -> new Permission(verb, kind)));
            return new UserView(
                    user.id(),
                    user.username(),
                    user.role(),
                    user.organization(),
                    all.filter(one -> one.allows(user.role()))
                            .map(Permission::toString)
                            .toList());
        }
    }

    /**
     * A user to be made.
     *
     * @param username unique
     * @param role what the user may do
     * @param password to log in with, twelve characters or more
     */
    public record UserInput(
            @Length(min = 1, max = 150) String username,
            Role role,
            @Length(min = 12, max = 1024) Secret password) {}

    /**
     * What to change; what is left out stays.
     *
     * @param role what the user may do
     * @param password to log in with, twelve characters or more
     */
    public record UserPatch(
            Optional<Role> role,
            @Length(min = 12, max = 1024) Optional<Secret> password) {}

    /**
     * Another password for oneself.
     *
     * @param currentPassword the one until now
     * @param password the new one, twelve characters or more
     */
    public record OwnPassword(
            @Length(min = 1, max = 1024) Secret currentPassword,
            @Length(min = 12, max = 1024) Secret password) {}
}
