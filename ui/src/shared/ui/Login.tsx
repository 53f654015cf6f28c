import { useMutation, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { base } from '@/api/client';
import { ProblemError } from '@/api/problem';
import { useSessionStore } from '@/shared/auth/context';
import { text } from '@/shared/text/en';
import { Button } from './Button';
import { Icon } from './Icon';
import css from './Login.module.css';

const client = new QueryClient();

/** The only screen without a session. It stands where the asked-for page will be, so nothing is lost by signing in. */
export default function Login({ expired }: { expired: boolean }) {
  return (
    <QueryClientProvider client={client}>
      <Form expired={expired} />
    </QueryClientProvider>
  );
}

function Form({ expired }: { expired: boolean }) {
  const session = useSessionStore();
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const login = useMutation({ mutationFn: () => session.login(username, password) });
  // Outside system: the window's title.
  useEffect(() => {
    document.title = `${text.login.submit} · ${text.product}`;
  }, []);
  return (
    <main className={css.screen}>
      <form
        className={css.box}
        onSubmit={(event) => {
          event.preventDefault();
          login.mutate();
        }}
      >
        <img src={new URL('favicon.svg', base).href} alt="" />
        <h1>{text.login.title}</h1>
        {expired && !login.error && <p className={css.notice}>{text.login.expired}</p>}
        <label>
          {text.login.username}
          <input
            name="username"
            autoComplete="username"
            autoFocus
            required
            value={username}
            onChange={(event) => setUsername(event.target.value)}
          />
        </label>
        <label>
          {text.login.password}
          <input
            name="password"
            type="password"
            autoComplete="current-password"
            required
            value={password}
            onChange={(event) => setPassword(event.target.value)}
          />
        </label>
        {login.error && (
          <p className={css.problem} role="alert">
            <Icon name="warn" />
            {sentence(login.error)}
          </p>
        )}
        <Button primary type="submit" disabled={login.isPending}>
          {login.isPending ? text.login.busy : text.login.submit}
        </Button>
        <p className={css.hint}>{text.login.hint}</p>
      </form>
    </main>
  );
}

function sentence(problem: Error): string {
  if (!(problem instanceof ProblemError)) return text.problem.title;
  if (problem.unreachable) return `${text.problem.unreachable}.`;
  return problem.status === 401 ? text.login.wrong : problem.message;
}
